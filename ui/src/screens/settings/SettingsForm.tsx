// The form of a store's settings. Only what changed is sent; leaving with unsaved changes asks first.
import { AlertDialog, Button, ButtonGroup, DialogContainer, Form, ToastQueue } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useBlocker } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useRef, useState } from "react";

import { api, body, Problem, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Panel } from "../../parts/Panel";
import { ProblemAlert, useFieldError } from "../../parts/problems";
import { Carriers } from "./Carriers";
import { draftOf, patchOf, settingsOf, wrongIn } from "./draft";
import { type FieldError, ImportFields, OrderFields, QuantityFields, ShopFields, SyncFields } from "./fields";

const kToastMs = 6_000;

interface SettingsFormProps {
  store: Schemas["Store"];
  submit: string;
  /** Called when everything is stored, also if nothing had to be. */
  saved?: () => void;
  /** The settings are only looked at. */
  isLocked?: boolean;
}

function Guard({ isDirty }: { isDirty: () => boolean }) {
  const text = useText();
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true });
  // The dialog closes before its button acts: staying is the answer only if no other was given by then.
  const stay = () => queueMicrotask(() => blocker.reset?.());
  return (
    <DialogContainer onDismiss={stay}>
      {blocker.status === "blocked" && (
        <AlertDialog
          variant="warning"
          title={text("settings.unsaved")}
          primaryActionLabel={text("settings.leave")}
          cancelLabel={text("settings.stay")}
          onPrimaryAction={() => blocker.proceed()}
        >
          {text("settings.unsaved_help")}
        </AlertDialog>
      )}
    </DialogContainer>
  );
}

/** One part of the form: as wide as reads well, each field with its help under it. */
function Fields({ children }: { children: ReactNode }) {
  return (
    <div className={style({ display: "flex", flexDirection: "column", gap: 24, maxWidth: 640 })}>
      {children}
    </div>
  );
}

function useSettings(store: Schemas["Store"], saved: (() => void) | undefined) {
  const text = useText();
  const [draft, setDraft] = useState(() => draftOf(store.settings));
  const [stored, setStored] = useState(store.settings);
  const [wrong, setWrong] = useState<ReturnType<typeof wrongIn>>(null);
  const patch = patchOf(stored, settingsOf(draft));
  const dirty = Object.keys(patch).length > 0;
  // The guard asks at the moment of leaving, which may be right after saving and before the next render.
  const clean = useRef(false);
  const save = useChange({
    call: () =>
      body(
        api.PATCH("/api/v1/stores/{store}/settings", {
          params: { path: { store: store.id } },
          body: patch,
        }),
      ),
    touches: [["stores"], ["dashboard"]],
    done: (after) => text("settings.saved", { store: after.name }),
    after: (after) => {
      clean.current = true;
      setStored(after.settings);
      setDraft(draftOf(after.settings));
      saved?.();
    },
  });
  const submit = () => {
    const found = wrongIn(draft);
    setWrong(found);
    if (found !== null) return;
    if (dirty) save.mutate();
    else if (saved !== undefined) saved();
    else ToastQueue.neutral(text("settings.unchanged"), { timeout: kToastMs });
  };
  const change = (next: Partial<typeof draft>) => {
    clean.current = false;
    setDraft((before) => ({ ...before, ...next }));
  };
  const reset = () => {
    setWrong(null);
    save.reset();
    setDraft(draftOf(stored));
  };
  return { draft, change, reset, submit, save, wrong, dirty, isDirty: () => dirty && !clean.current };
}

export function SettingsForm({ store, submit, saved, isLocked = false }: SettingsFormProps) {
  const text = useText();
  const settings = useSettings(store, saved);
  const serverError = useFieldError(settings.save.error);
  const errorAt: FieldError = (...fields) =>
    settings.wrong !== null && fields.includes(settings.wrong.field)
      ? { isInvalid: true, errorMessage: text(settings.wrong.why) }
      : serverError(...fields);
  const { draft, change } = settings;
  const group = { draft, change, errorAt, backEnd: store.back_end, isLocked };
  // A problem of the whole stands above the form; of a field, at the field.
  const whole =
    settings.save.error instanceof Problem && settings.save.error.field !== null ? null : settings.save.error;
  return (
    <Form
      validationBehavior="aria"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        settings.submit();
      }}
    >
      <Guard isDirty={settings.isDirty} />
      <ProblemAlert error={whole} />
      <Panel heading={text("settings.group_import")}>
        <Fields>
          <ImportFields {...group} />
        </Fields>
      </Panel>
      <Panel heading={text("settings.group_orders")} help={text("settings.group_orders_help")}>
        <Fields>
          <OrderFields {...group} />
        </Fields>
      </Panel>
      <Panel heading={text("settings.group_shop")} help={text("settings.group_shop_help")}>
        <Fields>
          <ShopFields {...group} />
        </Fields>
      </Panel>
      <Panel heading={text("settings.carriers")} help={text("settings.carriers_help")}>
        <Fields>
          <Carriers
            carriers={draft.carriers}
            change={(carriers) => change({ carriers })}
            errorAt={errorAt}
            isLocked={isLocked}
          />
        </Fields>
      </Panel>
      <Panel heading={text("settings.group_quantity")} help={text("settings.group_quantity_help")}>
        <Fields>
          <QuantityFields {...group} />
        </Fields>
      </Panel>
      <Panel heading={text("settings.group_sync")}>
        <Fields>
          <SyncFields {...group} />
        </Fields>
      </Panel>
      {!isLocked && (
        <ButtonGroup>
          <Button variant="secondary" isDisabled={!settings.dirty} onPress={settings.reset}>
            {text("settings.discard")}
          </Button>
          <Button type="submit" variant="accent" isPending={settings.save.isPending}>
            {submit}
          </Button>
        </ButtonGroup>
      )}
    </Form>
  );
}
