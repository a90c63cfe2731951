// The views of the grid that a person saved.
import {
  ActionButton,
  AlertDialog,
  DialogContainer,
  Header,
  Heading,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  TextField,
} from "@react-spectrum/s2";
import { useState } from "react";

import { useText } from "../../i18n";
import { FormDialog } from "../../parts/FormDialog";
import type { GridColumn } from "../../parts/Grid";
import type { OrderFilters } from "../../routes";
import type { useKept, View } from "./kept";

interface ViewProps {
  kept: ReturnType<typeof useKept>;
  shown: readonly GridColumn[];
  filters: OrderFilters;
  open: (filters: OrderFilters) => void;
}

const kNameMax = 60;

function SaveView({ save, close }: { save: (name: string) => Promise<void>; close: () => void }) {
  const text = useText();
  const [name, setName] = useState("");
  const [isPending, setPending] = useState(false);
  const [isMissing, setMissing] = useState(false);
  return (
    <FormDialog
      title={text("grid.save_view")}
      submit={text("action.save")}
      error={null}
      isPending={isPending}
      onSubmit={() => {
        setMissing(name.trim() === "");
        if (name.trim() === "") return;
        setPending(true);
        void save(name.trim()).then(close);
      }}
    >
      <TextField
        label={text("grid.view_name")}
        description={text("grid.view_help")}
        isRequired
        maxLength={kNameMax}
        value={name}
        onChange={setName}
        {...(isMissing && { isInvalid: true, errorMessage: text("problem.text_missing") })}
      />
    </FormDialog>
  );
}

function ViewItems({ views }: { views: readonly View[] }) {
  const text = useText();
  return (
    <MenuSection>
      <Header>
        <Heading>{text("grid.views")}</Heading>
      </Header>
      {views.map((view) => (
        <MenuItem key={view.name} id={`open/${view.name}`}>
          {view.name}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

function DeleteItems({ views }: { views: readonly View[] }) {
  const text = useText();
  return (
    <MenuSection>
      <Header>
        <Heading>{text("grid.delete_views")}</Heading>
      </Header>
      {views.map((view) => (
        <MenuItem key={view.name} id={`delete/${view.name}`}>
          {text("grid.delete_view", { name: view.name })}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

export function ViewMenu({ kept, shown, filters, open }: ViewProps) {
  const text = useText();
  const [isSaving, setSaving] = useState(false);
  const [deleting, setDeleting] = useState<string | null>(null);
  const { views } = kept;
  const act = (key: string) => {
    if (key === "save") return setSaving(true);
    const name = key.slice(key.indexOf("/") + 1);
    if (key.startsWith("delete/")) return setDeleting(name);
    const view = views.find((each) => each.name === name);
    if (view === undefined) return;
    open(view.search);
    void kept.change({ columns: view.columns });
  };
  const save = (name: string) => {
    const view = { name, search: filters, columns: shown.map((column) => column.id) };
    return kept.change({ views: [...views.filter((each) => each.name !== name), view] });
  };
  return (
    <>
      <MenuTrigger>
        <ActionButton>{text("grid.views")}</ActionButton>
        <Menu aria-label={text("grid.views")} onAction={(key) => act(String(key))}>
          {views.length > 0 && <ViewItems views={views} />}
          <MenuSection aria-label={text("grid.save_view")}>
            <MenuItem id="save">{text("grid.save_view")}</MenuItem>
          </MenuSection>
          {views.length > 0 && <DeleteItems views={views} />}
        </Menu>
      </MenuTrigger>
      <DialogContainer onDismiss={() => setSaving(false)}>
        {isSaving && <SaveView save={save} close={() => setSaving(false)} />}
      </DialogContainer>
      <DialogContainer onDismiss={() => setDeleting(null)}>
        {deleting !== null && (
          <AlertDialog
            variant="destructive"
            title={text("grid.delete_view", { name: deleting })}
            primaryActionLabel={text("action.delete")}
            cancelLabel={text("action.cancel")}
            onPrimaryAction={() =>
              void kept.change({ views: views.filter((each) => each.name !== deleting) })
            }
          >
            {text("grid.delete_view_help")}
          </AlertDialog>
        )}
      </DialogContainer>
    </>
  );
}
