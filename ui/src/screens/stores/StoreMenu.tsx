// What an administrator does with a store besides its settings: another name, stop and take up again, delete.
import {
  ActionMenu,
  AlertDialog,
  Content,
  DialogContainer,
  Heading,
  InlineAlert,
  MenuItem,
  TextField,
} from "@react-spectrum/s2";
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { FormDialog } from "../../parts/FormDialog";
import { useFieldError } from "../../parts/problems";

type Store = Schemas["Store"];
type Act = "rename" | "activate" | "deactivate" | "delete";

const touches = [["stores"], ["dashboard"], ["messages"]];

function RenameDialog({ store }: { store: Store }) {
  const text = useText();
  const [name, setName] = useState(store.name);
  const rename = useChange<() => void, Store>({
    call: () =>
      body(api.PATCH("/api/v1/stores/{store}", { params: { path: { store: store.id } }, body: { name } })),
    touches,
    done: (after) => text("stores.renamed", { store: after.name }),
    after: (_store, close) => close(),
  });
  const errorAt = useFieldError(rename.error);
  return (
    <FormDialog
      title={text("stores.rename_title", { store: store.name })}
      submit={text("action.save")}
      error={rename.error}
      fields={["name"]}
      isPending={rename.isPending}
      onSubmit={(close) => rename.mutate(close)}
    >
      <TextField
        label={text("store_new.name")}
        isRequired
        maxLength={80}
        value={name}
        onChange={setName}
        {...errorAt("name")}
      />
    </FormDialog>
  );
}

/** Its name is typed in: a store is not deleted by a slip of the hand. */
function DeleteDialog({ store, deleted }: { store: Store; deleted: () => void }) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const remove = useChange<() => void>({
    call: () => body(api.DELETE("/api/v1/stores/{store}", { params: { path: { store: store.id } } })),
    touches,
    done: () => text("stores.deleted", { store: store.name }),
    after: (_nothing, close) => {
      close();
      deleted();
    },
  });
  return (
    <FormDialog
      title={text("stores.delete_title", { store: store.name })}
      submit={text("stores.delete")}
      isDestructive
      error={remove.error}
      isPending={remove.isPending}
      onSubmit={(close) => {
        setWrong(typed !== store.name);
        if (typed === store.name) remove.mutate(close);
      }}
    >
      <InlineAlert variant="notice">
        <Heading level={3}>{text("stores.delete_what")}</Heading>
        <Content>{text("stores.delete_help")}</Content>
      </InlineAlert>
      <TextField
        label={text("stores.delete_name", { store: store.name })}
        isRequired
        autoComplete="off"
        value={typed}
        onChange={setTyped}
        {...(isWrong && { isInvalid: true, errorMessage: text("stores.delete_wrong") })}
      />
    </FormDialog>
  );
}

function ActiveDialog({ store, act }: { store: Store; act: "activate" | "deactivate" }) {
  const text = useText();
  const change = useChange<void, Store>({
    call: () => {
      const params = { params: { path: { store: store.id } } };
      return act === "activate"
        ? body(api.POST("/api/v1/stores/{store}/activate", params))
        : body(api.POST("/api/v1/stores/{store}/deactivate", params));
    },
    touches,
    done: (after) => text(after.active ? "stores.activated" : "stores.deactivated", { store: after.name }),
    toastProblem: true,
  });
  return (
    <AlertDialog
      variant={act === "deactivate" ? "destructive" : "confirmation"}
      title={text(`stores.${act}_title`, { store: store.name })}
      primaryActionLabel={text(`stores.${act}`)}
      cancelLabel={text("action.cancel")}
      onPrimaryAction={() => change.mutate()}
    >
      {text(`stores.${act}_help`)}
    </AlertDialog>
  );
}

interface StoreMenuProps {
  store: Store;
  /** Called when the store is gone. */
  deleted?: () => void;
}

export function StoreMenu({ store, deleted = () => {} }: StoreMenuProps) {
  const text = useText();
  const [act, setAct] = useState<Act | null>(null);
  // Only a store that is not active can be deleted.
  const acts: Act[] = store.active ? ["rename", "deactivate"] : ["rename", "activate", "delete"];
  return (
    <>
      <ActionMenu
        aria-label={text("stores.actions_of", { store: store.name })}
        onAction={(key) => setAct(key as Act)}
      >
        {acts.map((each) => (
          <MenuItem key={each} id={each}>
            {text(`stores.${each}`)}
          </MenuItem>
        ))}
      </ActionMenu>
      <DialogContainer onDismiss={() => setAct(null)}>
        {act === "rename" && <RenameDialog store={store} />}
        {act === "delete" && <DeleteDialog store={store} deleted={deleted} />}
        {(act === "activate" || act === "deactivate") && <ActiveDialog store={store} act={act} />}
      </DialogContainer>
    </>
  );
}
