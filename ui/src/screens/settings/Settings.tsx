// The settings of one store. Who is no administrator looks at them.
import { Content, Heading, InlineAlert, LinkButton } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useParams } from "@tanstack/react-router";

import { useText } from "../../i18n";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { useStore } from "../stores/queries";
import { SettingsForm } from "./SettingsForm";

export function Settings() {
  const text = useText();
  const administrator = useMay("administrator");
  const { store: id } = useParams({ from: "/shell/stores/$store/settings" });
  const store = useStore(id);
  if (store.isPending) return <Loading />;
  if (store.error) return <ErrorState error={store.error} retry={() => void store.refetch()} />;
  const back = (
    <LinkButton variant="secondary" fillStyle="outline" href={`/stores/${encodeURIComponent(store.data.id)}`}>
      {text("settings.to_store")}
    </LinkButton>
  );
  return (
    <>
      <Title actions={back}>{text("settings.title", { store: store.data.name })}</Title>
      {!administrator && (
        <InlineAlert variant="informative" styles={style({ marginBottom: 24 })}>
          <Heading level={2}>{text("settings.locked")}</Heading>
          <Content>{text("settings.locked_help")}</Content>
        </InlineAlert>
      )}
      <SettingsForm
        key={store.data.id}
        store={store.data}
        submit={text("settings.save")}
        isLocked={!administrator}
      />
    </>
  );
}
