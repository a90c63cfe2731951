// First step: an account that is connected already, or a new one.
import { Button, Radio, RadioGroup } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import { useText } from "../../i18n";
import { Panel } from "../../parts/Panel";
import { ErrorState, Loading } from "../../parts/states";
import { useAccounts } from "../stores/queries";
import { ConnectAccount } from "./ConnectAccount";

const kNew = "new";
const column = style({
  display: "flex",
  flexDirection: "column",
  gap: 24,
  maxWidth: 640,
  alignItems: "start",
});

export function AccountStep({ chosen }: { chosen: (account: string) => void }) {
  const text = useText();
  const accounts = useAccounts();
  const [choice, setChoice] = useState<string | null>(null);
  if (accounts.isPending) return <Loading />;
  if (accounts.error)
    return <ErrorState isPart error={accounts.error} retry={() => void accounts.refetch()} />;
  const items = accounts.data.items;
  const selected = choice ?? items[0]?.id ?? kNew;
  return (
    <Panel heading={text("store_new.account_heading")} help={text("store_new.account_help")}>
      <div className={column}>
        {items.length > 0 && (
          <RadioGroup label={text("store_new.account")} value={selected} onChange={setChoice}>
            {items.map((account) => (
              <Radio key={account.id} value={account.id}>
                {text("store_new.account_choice", {
                  name: account.name,
                  region: text(`region.${account.region}`),
                  seller: account.seller_id,
                })}
              </Radio>
            ))}
            <Radio value={kNew}>{text("store_new.account_new")}</Radio>
          </RadioGroup>
        )}
        {selected === kNew ? (
          <ConnectAccount connected={(account) => chosen(account.id)} />
        ) : (
          <Button variant="accent" onPress={() => chosen(selected)}>
            {text("action.next")}
          </Button>
        )}
      </div>
    </Panel>
  );
}
