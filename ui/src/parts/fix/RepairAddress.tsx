// Gives an order another shipping address. Who may see the one that it has starts from that; who may not fills
// in what is to change. Only what changed is sent.
import { type ButtonProps, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { useSession } from "../../shell/session";
import { useChange } from "../change";
import { DialogButton } from "../DialogButton";
import { FormDialog } from "../FormDialog";
import { touches, useRevealed } from "../orderData";
import { type AmazonOrder, blockWords } from "../orders";
import { useFieldError } from "../problems";
import { Loading } from "../states";
import { type AddressDraft, addressFields, changesOf, draftOf } from "./address";

const kWide = new Set(["name", "company", "line1", "line2", "line3"]);
const fieldsStyle = style({
  display: "grid",
  gap: 16,
  gridTemplateColumns: { default: "1fr", sm: "1fr 1fr" },
});

const wide = style({ gridColumnStart: 1, gridColumnEnd: -1 });

interface FieldsProps {
  draft: AddressDraft;
  set: (next: Partial<AddressDraft>) => void;
  errorAt: ReturnType<typeof useFieldError>;
}

function Fields({ draft, set, errorAt }: FieldsProps) {
  const text = useText();
  return (
    <div className={fieldsStyle}>
      {addressFields.map((name) => (
        <div key={name} className={kWide.has(name) ? wide : undefined}>
          <TextField
            label={text(`address.${name}` as MessageId)}
            {...(name === "country" && { description: text("address.country_help"), maxLength: 2 })}
            autoComplete="off"
            value={draft[name]}
            onChange={(value) => set({ [name]: name === "country" ? value.toUpperCase() : value })}
            styles={style({ width: "full" })}
            {...errorAt(name)}
          />
        </div>
      ))}
    </div>
  );
}

function useRepair(order: AmazonOrder) {
  const text = useText();
  const { store, amazon_order_id } = order;
  return useChange<{ address: Schemas["Address"]; close: () => void }, AmazonOrder>({
    call: ({ address }) =>
      body(
        api.PATCH("/api/v1/amazon-orders/{store}/{amazon_order_id}/shipping-address", {
          params: { path: { store, amazon_order_id } },
          body: address,
        }),
      ),
    touches,
    done: (after) =>
      text(after.block === null ? "address.done" : "address.done_blocked", { number: amazon_order_id }),
    after: (_order, { close }) => close(),
  });
}

function AddressDialog({ order }: { order: AmazonOrder }) {
  const text = useText();
  const maySee = useSession().data?.buyer_data ?? false;
  const revealed = useRevealed(order.store, order.amazon_order_id, maySee);
  const [entered, setEntered] = useState<Partial<AddressDraft>>({});
  const before = draftOf(revealed.data?.recipient ?? null);
  const draft = { ...before, ...entered };
  const repair = useRepair(order);
  const errorAt = useFieldError(repair.error);
  return (
    <FormDialog
      title={text("address.title", { number: order.amazon_order_id })}
      submit={text("address.save")}
      error={repair.error}
      fields={addressFields}
      isPending={repair.isPending}
      onSubmit={(close) => repair.mutate({ address: changesOf(before, draft), close })}
    >
      {order.block !== null && <p className={style({ margin: 0 })}>{blockWords(order)}</p>}
      <p className={style({ margin: 0 })}>{text(maySee ? "address.help" : "address.help_unseen")}</p>
      {maySee && revealed.isPending ? (
        <Loading />
      ) : (
        <Fields draft={draft} set={(next) => setEntered((now) => ({ ...now, ...next }))} errorAt={errorAt} />
      )}
    </FormDialog>
  );
}

type Look = Pick<ButtonProps, "variant" | "fillStyle" | "size">;

export function RepairAddress({ order, look }: { order: AmazonOrder; look: Look }) {
  const text = useText();
  return (
    <DialogButton
      {...look}
      label={text("fix.address")}
      name={text("fix.address_of", { number: order.amazon_order_id })}
    >
      {() => <AddressDialog order={order} />}
    </DialogButton>
  );
}
