// Every store at a glance, and the way to add one.
import { LinkButton } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../../i18n";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { useAccounts, useStores } from "./queries";
import { StoreCard } from "./StoreCard";

export function Stores() {
  const text = useText();
  const administrator = useMay("administrator");
  const stores = useStores();
  const accounts = useAccounts();
  if (stores.isPending) return <Loading />;
  if (stores.error) return <ErrorState error={stores.error} retry={() => void stores.refetch()} />;
  const items = stores.data.items;
  const accountOf = (id: string) =>
    accounts.data?.items.find((account) => account.id === id || account.name === id);
  const add = administrator && (
    <LinkButton variant="accent" href="/stores/new">
      {text("stores.add")}
    </LinkButton>
  );
  return (
    <>
      <Title actions={items.length > 0 && add}>{text("nav.stores")}</Title>
      {items.length === 0 ? (
        <Empty heading={text("stores.empty")} action={add}>
          {text("stores.empty_help")}
        </Empty>
      ) : (
        <div
          className={style({
            display: "grid",
            gap: 16,
            gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 340px), 1fr))",
          })}
        >
          {items.map((store) => (
            <StoreCard key={store.id} store={store} account={accountOf(store.account)} />
          ))}
        </div>
      )}
    </>
  );
}
