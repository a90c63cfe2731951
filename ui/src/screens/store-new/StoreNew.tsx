// The way to a new store: account, marketplace, settings, first sync. The address says how far one has come.
import { useNavigate, useSearch } from "@tanstack/react-router";

import { Problem } from "../../api/client";
import { useText } from "../../i18n";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { SettingsForm } from "../settings/SettingsForm";
import { useStore } from "../stores/queries";
import { AccountStep } from "./AccountStep";
import { Steps } from "./Steps";
import { StoreStep } from "./StoreStep";
import { SyncStep, useStartSync } from "./SyncStep";

function SettingsStep({ store: id, started }: { store: string; started: (run: string) => void }) {
  const text = useText();
  const store = useStore(id);
  const start = useStartSync((run) => started(run.id));
  if (store.isPending) return <Loading />;
  if (store.error) return <ErrorState isPart error={store.error} retry={() => void store.refetch()} />;
  return (
    <SettingsForm
      store={store.data}
      submit={text("store_new.save_and_sync")}
      saved={() => start.mutate(store.data.id)}
    />
  );
}

export function StoreNew() {
  const text = useText();
  const administrator = useMay("administrator");
  const navigate = useNavigate({ from: "/stores/new" });
  const { account, store, run } = useSearch({ from: "/shell/stores/new" });
  const go = (search: { account?: string; store?: string; run?: string }) => void navigate({ search });
  if (!administrator)
    return <ErrorState error={new Problem(403, "role_too_low", "", null)} retry={() => {}} />;
  const step = run !== undefined ? 3 : store !== undefined ? 2 : account !== undefined ? 1 : 0;
  return (
    <>
      <Title>{text("store_new.title")}</Title>
      <Steps current={step} />
      {store !== undefined && run !== undefined && (
        <SyncStep store={store} run={run} restarted={(next) => go({ store, run: next })} />
      )}
      {store !== undefined && run === undefined && (
        <SettingsStep store={store} started={(next) => go({ store, run: next })} />
      )}
      {store === undefined && account !== undefined && (
        <StoreStep account={account} added={(added) => go({ store: added.id })} />
      )}
      {store === undefined && account === undefined && (
        <AccountStep chosen={(chosen) => go({ account: chosen })} />
      )}
    </>
  );
}
