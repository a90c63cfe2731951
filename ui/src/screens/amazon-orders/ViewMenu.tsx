// The views of the grid that a person saved.
import {
  ActionButton,
  AlertDialog,
  Content,
  DialogContainer,
  Header,
  Heading,
  InlineAlert,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  TextField,
} from "@react-spectrum/s2";
import { useMutation } from "@tanstack/react-query";
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

interface SaveViewProps {
  views: readonly View[];
  /** What is kept of what is on screen. */
  help: string;
  save: (name: string) => Promise<unknown>;
  close: () => void;
}

/** A view that is there already is replaced once that was said, and asked for again. */
function SaveView({ views, help, save, close }: SaveViewProps) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const [isMissing, setMissing] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const saving = useMutation({ mutationFn: save, onSuccess: close });
  const name = typed.trim();
  const isAsked = asked !== null && asked === name;
  const submit = () => {
    setMissing(name === "");
    if (name === "") return;
    if (!isAsked && views.some((each) => each.name === name)) setAsked(name);
    else saving.mutate(name);
  };
  return (
    <FormDialog
      title={text("grid.save_view")}
      submit={text(isAsked ? "grid.replace_view" : "action.save")}
      error={saving.error}
      isPending={saving.isPending}
      onSubmit={submit}
    >
      {isAsked && saving.error === null && (
        <InlineAlert variant="notice" autoFocus>
          <Heading level={3}>{text("grid.view_exists")}</Heading>
          <Content>{text("grid.view_exists_help", { name })}</Content>
        </InlineAlert>
      )}
      <TextField
        label={text("grid.view_name")}
        description={help}
        isRequired
        maxLength={kNameMax}
        value={typed}
        onChange={setTyped}
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
    kept.showColumns(view.columns);
  };
  const help = text(filters.buyer === undefined ? "grid.view_help" : "grid.view_help_no_buyer");
  const save = (name: string) =>
    kept.saveView({ name, search: filters, columns: shown.map((column) => column.id) });
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
        {isSaving && <SaveView views={views} help={help} save={save} close={() => setSaving(false)} />}
      </DialogContainer>
      <DialogContainer onDismiss={() => setDeleting(null)}>
        {deleting !== null && (
          <AlertDialog
            variant="destructive"
            title={text("grid.delete_view", { name: deleting })}
            primaryActionLabel={text("action.delete")}
            cancelLabel={text("action.cancel")}
            onPrimaryAction={() => kept.deleteView(deleting)}
          >
            {text("grid.delete_view_help")}
          </AlertDialog>
        )}
      </DialogContainer>
    </>
  );
}
