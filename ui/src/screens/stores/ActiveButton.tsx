// Takes up or stops the sync of a store; says first what that means.
import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";

export function ActiveButton({ store }: { store: Schemas["Store"] }) {
  const text = useText();
  const change = useChange({
    call: () => {
      const params = { params: { path: { store: store.id } } };
      return store.active
        ? body(api.POST("/api/v1/stores/{store}/deactivate", params))
        : body(api.POST("/api/v1/stores/{store}/activate", params));
    },
    touches: [["stores"], ["dashboard"]],
    done: (after) => text(after.active ? "stores.activated" : "stores.deactivated", { store: after.name }),
    toastProblem: true,
  });
  const act = store.active ? "deactivate" : "activate";
  return (
    <Confirm
      label={text(`stores.${act}`)}
      name={text(`stores.${act}_name`, { store: store.name })}
      title={text(`stores.${act}_title`, { store: store.name })}
      destructive={store.active}
      isPending={change.isPending}
      onConfirm={() => change.mutate()}
    >
      {text(`stores.${act}_help`)}
    </Confirm>
  );
}
