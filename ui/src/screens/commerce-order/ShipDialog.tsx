// Ship the order, whole or in part, in one package or several.
import { Button, Content, Heading, InlineAlert } from "@react-spectrum/s2";
import { useState } from "react";

import { useText } from "../../i18n";
import type { CommerceOrder } from "../../parts/commerce";
import { FormDialog } from "../../parts/FormDialog";
import { useAmazonOrder } from "../../parts/orderData";
import { usePreference } from "../../parts/preferences";
import { useProblemText } from "../../parts/problems";
import { isConfirmedByAmazon, OrderWarnings } from "../amazon-order/OrderWarnings";
import { useStores } from "../stores/queries";
import type { useShip } from "./actions";
import { openUnits, sumOf } from "./open";
import { PackageFields } from "./PackageFields";
import { newPackage, type PackageDraft, placeOf, suggestedCarriers, toRequest, unitsLeft } from "./shipForm";

const kPackagesMax = 50;

function WhatHappens({ order }: { order: CommerceOrder }) {
  const text = useText();
  const amazon = useAmazonOrder(order.store, order.amazon_order_id);
  if (amazon.data && isConfirmedByAmazon(amazon.data)) return <OrderWarnings order={amazon.data} />;
  return (
    <InlineAlert variant="informative">
      <Heading>{text("ship.what_happens")}</Heading>
      <Content>{text("ship.help")}</Content>
    </InlineAlert>
  );
}

/** What is suggested, and what was used the last time: most merchants have one carrier. */
function useCarriers(store: string) {
  const { value, keep } = usePreference<string>("carrier");
  const stores = useStores().data?.items ?? [];
  const settings = stores.find((each) => each.id === store)?.settings;
  return {
    carriers: suggestedCarriers(Object.keys(settings?.carriers ?? {})),
    last: typeof value === "string" ? value : "",
    // What cannot be kept is typed again the next time.
    remember: (carrier: string) => void keep(carrier).catch(() => {}),
  };
}

export function ShipDialog({ order, ship }: { order: CommerceOrder; ship: ReturnType<typeof useShip> }) {
  const text = useText();
  const problemText = useProblemText();
  const open = openUnits(order);
  const { carriers, last, remember } = useCarriers(order.store);
  const [packages, setPackages] = useState<PackageDraft[]>(() => [newPackage(1, open, last)]);
  const place = placeOf(ship.error, packages);
  const left = unitsLeft(open, packages);
  const change = (next: PackageDraft) =>
    setPackages((now) => now.map((each) => (each.id === next.id ? next : each)));
  const addPackage = () =>
    setPackages((now) => [
      ...now,
      newPackage(Math.max(...now.map((each) => each.id)) + 1, left, now.at(-1)?.carrier ?? last),
    ]);
  const send = (close: () => void) =>
    ship.mutate(toRequest(packages), {
      onSuccess: () => {
        remember(packages.at(-1)?.carrier ?? "");
        close();
      },
    });
  return (
    <FormDialog
      size="L"
      title={text("ship.title", { number: order.number })}
      submit={text("ship.submit")}
      error={place === null ? ship.error : null}
      isPending={ship.isPending}
      onSubmit={send}
    >
      <WhatHappens order={order} />
      {packages.map((draft, index) => (
        <PackageFields
          key={draft.id}
          order={order}
          open={open}
          draft={draft}
          carriers={carriers}
          number={index + 1}
          problem={place?.package === index ? { field: place.field, text: problemText(ship.error) } : null}
          change={change}
          remove={
            packages.length === 1 ? null : () => setPackages((now) => now.filter((each) => each !== draft))
          }
        />
      ))}
      <div>
        <Button
          variant="secondary"
          fillStyle="outline"
          isDisabled={packages.length >= kPackagesMax || sumOf(open) < 2}
          onPress={addPackage}
        >
          {text("ship.add_package")}
        </Button>
      </div>
    </FormDialog>
  );
}
