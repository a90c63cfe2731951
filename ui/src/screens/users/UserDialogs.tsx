// A new person, other rights for one, and what asks first.
import { AlertDialog } from "@react-spectrum/s2";
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { FormDialog } from "../../parts/FormDialog";
import { useFieldError } from "../../parts/problems";
import { sessionKey, useSession } from "../../shell/session";
import { NewDialog } from "./NewDialog";
import { type Rights, RoleFields } from "./RoleFields";
import { tokensKey } from "./Tokens";

export type User = Schemas["User"];
export type Invited = Schemas["Invitation"] & { name: string };

export const usersKey = ["users"];

/**
 * Changed rights end the person's sessions; if it is oneself, one is signed out at once. Who is disabled loses
 * the tokens that they made, too.
 */
function useTouches(user: User) {
  const session = useSession();
  const touches = [usersKey, tokensKey];
  return session.data?.user === user.id ? [...touches, sessionKey] : touches;
}

export function NewUserDialog({ invited }: { invited: (invitation: Invited) => void }) {
  const text = useText();
  return (
    <NewDialog
      title={text("users.add")}
      submit={text("users.add_button")}
      name={{ label: text("sign_in.name"), help: text("users.name_help") }}
      role="operator"
      call={(named) => body(api.POST("/api/v1/users", { body: named }))}
      touches={usersKey}
      done={(name) => text("users.added", { name })}
      made={(invitation, name) => invited({ ...invitation, name })}
    />
  );
}

export function RightsDialog({ user }: { user: User }) {
  const text = useText();
  const [rights, setRights] = useState<Rights>({ role: user.role, buyer_data: user.buyer_data });
  const update = useChange({
    call: (_close: () => void) =>
      body(api.PATCH("/api/v1/users/{user}", { params: { path: { user: user.id } }, body: rights })),
    touches: useTouches(user),
    done: () => text("users.changed", { name: user.name }),
    after: (_user, close) => close(),
  });
  const errorAt = useFieldError(update.error);
  return (
    <FormDialog
      title={text("users.rights_of", { name: user.name })}
      submit={text("action.save")}
      error={update.error}
      fields={["role"]}
      isPending={update.isPending}
      onSubmit={(close) => update.mutate(close)}
    >
      <RoleFields
        rights={rights}
        set={(next) => setRights((before) => ({ ...before, ...next }))}
        errorAt={errorAt}
      />
      <p>{text("users.rights_help")}</p>
    </FormDialog>
  );
}

export type Asked = "disable" | "enable" | "invite" | "sign_out";

interface AskDialogProps {
  user: User;
  act: Asked;
  invited: (invitation: Invited) => void;
}

/** Acts of one button: what will happen is said, then it is done. */
export function AskDialog({ user, act, invited }: AskDialogProps) {
  const text = useText();
  const params = { params: { path: { user: user.id } } };
  const doIt = useChange<void, Schemas["Invitation"] | null>({
    call: async () => {
      if (act === "invite") return body(api.POST("/api/v1/users/{user}/invitation", params));
      if (act === "sign_out") await api.DELETE("/api/v1/users/{user}/sessions", params);
      else await api.PATCH("/api/v1/users/{user}", { ...params, body: { disabled: act === "disable" } });
      return null;
    },
    touches: useTouches(user),
    done: () => text(`users.${act}_done`, { name: user.name }),
    after: (invitation) => {
      if (invitation !== null) invited({ ...invitation, name: user.name });
    },
    toastProblem: true,
  });
  return (
    <AlertDialog
      variant={act === "disable" || act === "sign_out" ? "destructive" : "confirmation"}
      title={text(`users.${act}_title`, { name: user.name })}
      primaryActionLabel={text(`users.${act}`)}
      cancelLabel={text("action.cancel")}
      onPrimaryAction={() => doIt.mutate()}
    >
      {text(`users.${act}_help`, { name: user.name })}
    </AlertDialog>
  );
}
