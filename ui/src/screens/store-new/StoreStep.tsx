// Second step: which marketplace of the account, what the store is called, and where its orders go.
import { Button, Form, Picker, PickerItem, Radio, RadioGroup, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type FormEvent, useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { type Marketplace, useCountryName, useMarketplaces } from "../../parts/marketplaces";
import { Panel } from "../../parts/Panel";
import { ProblemAlert, useFieldError } from "../../parts/problems";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { useAccounts, useStores } from "../stores/queries";

type BackEnd = "builtin" | "magento";

interface Added {
  added: (store: Schemas["Store"]) => void;
}

interface BackEndFieldProps {
  value: BackEnd;
  change: (next: BackEnd) => void;
  errorAt: ReturnType<typeof useFieldError>;
}

function BackEndField({ value, change, errorAt }: BackEndFieldProps) {
  const text = useText();
  return (
    <RadioGroup
      label={text("store_new.back_end")}
      description={text("store_new.back_end_help")}
      value={value}
      onChange={(next) => change(next as BackEnd)}
      {...errorAt("back_end")}
    >
      <Radio value="builtin">{text("store_new.back_end_builtin")}</Radio>
      <Radio value="magento" isDisabled>
        {text("store_new.back_end_magento")}
      </Radio>
    </RadioGroup>
  );
}

function StoreForm({
  account,
  free,
  added,
}: Added & { account: Schemas["Account"]; free: readonly Marketplace[] }) {
  const text = useText();
  const countryName = useCountryName();
  const [country, setCountry] = useState("");
  const [typed, setTyped] = useState<string | null>(null);
  const [backEnd, setBackEnd] = useState<BackEnd>("builtin");
  // Until a name is typed, the store is called what Amazon calls the marketplace.
  const name = typed ?? free.find((each) => each.marketplace === country)?.name ?? "";
  const add = useChange({
    call: () =>
      body(
        api.POST("/api/v1/stores", {
          body: { account: account.id, marketplace: country, name, back_end: backEnd },
        }),
      ),
    touches: [["stores"]],
    done: (store) => text("store_new.added", { store: store.name }),
    after: added,
  });
  const errorAt = useFieldError(add.error);
  return (
    <Form
      validationBehavior="aria"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <ProblemAlert error={add.error} fields={["marketplace", "name", "back_end"]} />
      <Picker
        label={text("store_new.marketplace")}
        description={text("store_new.marketplace_help")}
        value={country === "" ? null : country}
        placeholder={text("store_new.marketplace_choose")}
        onChange={(key) => setCountry(String(key))}
        {...errorAt("marketplace")}
      >
        {free.map((each) => (
          <PickerItem key={each.marketplace} id={each.marketplace} textValue={each.name}>
            {text("store_new.marketplace_choice", {
              name: each.name,
              country: countryName(each.marketplace),
            })}
          </PickerItem>
        ))}
      </Picker>
      <TextField
        label={text("store_new.name")}
        description={text("store_new.name_help")}
        isRequired
        maxLength={80}
        value={name}
        onChange={setTyped}
        {...errorAt("name")}
      />
      <BackEndField value={backEnd} change={setBackEnd} errorAt={errorAt} />
      <Button type="submit" variant="accent" isPending={add.isPending}>
        {text("store_new.add")}
      </Button>
    </Form>
  );
}

export function StoreStep({ account: id, added }: Added & { account: string }) {
  const text = useText();
  const accounts = useAccounts();
  const stores = useStores();
  const marketplaces = useMarketplaces();
  if (accounts.isPending || stores.isPending || marketplaces.isPending) return <Loading />;
  const error = accounts.error ?? stores.error ?? marketplaces.error;
  const again = () => void Promise.all([accounts.refetch(), stores.refetch(), marketplaces.refetch()]);
  if (error) return <ErrorState isPart error={error} retry={again} />;
  const account = accounts.data?.items.find((each) => each.id === id);
  if (account === undefined) return <Empty heading={text("problem.account_missing")} />;
  const taken = new Set(
    stores.data?.items
      .filter((store) => store.account === account.id || store.account === account.name)
      .map((store) => store.marketplace),
  );
  const free = marketplaces.data?.items.filter(
    ({ region, marketplace }) => region === account.region && !taken.has(marketplace),
  );
  return (
    <Panel
      heading={text("store_new.store_heading", { account: account.name })}
      help={text("store_new.store_help")}
    >
      <div className={style({ maxWidth: 640 })}>
        {free === undefined || free.length === 0 ? (
          <Empty heading={text("store_new.none_free")} />
        ) : (
          <StoreForm account={account} free={free} added={added} />
        )}
      </div>
    </Panel>
  );
}
