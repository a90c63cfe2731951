// People who sign in: their rights, and what can be done about each.
import { ActionMenu, DialogContainer, MenuItem, StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import { api, body } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { DataTable } from "../../parts/DataTable";
import { DialogButton } from "../../parts/DialogButton";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { Mark } from "../../parts/Mark";
import { usePages } from "../../parts/pages";
import { SaveRows } from "../../parts/SaveRows";
import { Secret } from "../../parts/Secret";
import { useSees } from "./RoleFields";
import {
  type Asked,
  AskDialog,
  type Invited,
  NewUserDialog,
  RightsDialog,
  type User,
  usersKey,
} from "./UserDialogs";

function stateOf(user: User): { id: MessageId; variant: "positive" | "negative" | "neutral" | "notice" } {
  if (user.disabled_at !== null) return { id: "users.state_disabled", variant: "neutral" };
  // For where the wrong passwords came from; elsewhere the person signs in as ever.
  if (user.locked_until !== null) return { id: "users.state_locked", variant: "notice" };
  if (!user.has_password) return { id: "users.state_invited", variant: "notice" };
  return { id: "users.state_active", variant: "positive" };
}

const row = style({ display: "flex", gap: 12, flexWrap: "wrap" });

type Act = Asked | "rights" | "unlock";

function actsOf(user: User): Act[] {
  if (user.disabled_at !== null) return ["rights", "enable"];
  const unlock: Act[] = user.locked_until === null ? [] : ["unlock"];
  return ["rights", ...unlock, "invite", "sign_out", "disable"];
}

function UserMenu({ user, ask }: { user: User; ask: (act: Exclude<Act, "unlock">) => void }) {
  const text = useText();
  const unlock = useChange({
    call: () => body(api.POST("/api/v1/users/{user}/unlock", { params: { path: { user: user.id } } })),
    touches: [usersKey],
    done: () => text("users.unlocked", { name: user.name }),
    toastProblem: true,
  });
  return (
    <ActionMenu
      aria-label={text("users.actions_of", { name: user.name })}
      onAction={(key) => {
        const act = key as Act;
        if (act === "unlock") unlock.mutate();
        else ask(act);
      }}
    >
      {actsOf(user).map((act) => (
        <MenuItem key={act} id={act}>
          {text(`users.${act}` as MessageId)}
        </MenuItem>
      ))}
    </ActionMenu>
  );
}

function PeopleTable({
  people,
  ask,
}: {
  people: readonly User[];
  ask: (user: User, act: Exclude<Act, "unlock">) => void;
}) {
  const text = useText();
  const format = useFormat();
  const sees = useSees();
  return (
    <DataTable
      label={text("users.tab_people")}
      rows={people}
      keyOf={(user) => user.id}
      columns={[
        { id: "name", label: text("sign_in.name"), cell: (user) => user.name },
        { id: "role", label: text("users.role"), cell: (user) => text(`role.${user.role}`) },
        {
          id: "buyer_data",
          label: text("users.buyer_data_column"),
          cell: (user) => (user.buyer_data ? <Mark tone="informative">{sees(user)}</Mark> : sees(user)),
        },
        {
          id: "state",
          label: text("column.status"),
          cell: (user) => {
            const { id, variant } = stateOf(user);
            return (
              <StatusLight size="S" variant={variant}>
                {text(id, { until: format.dateTime(user.locked_until) })}
              </StatusLight>
            );
          },
        },
        {
          id: "seen",
          kind: "time",
          label: text("users.last_seen"),
          cell: (user) => format.listTime(user.last_seen_at),
        },
        {
          id: "actions",
          kind: "actions" as const,
          label: text("column.actions"),
          cell: (user) => <UserMenu user={user} ask={(act) => ask(user, act)} />,
        },
      ]}
    />
  );
}

export function People() {
  const text = useText();
  const format = useFormat();
  const [asked, setAsked] = useState<{ user: User; act: Asked | "rights" } | null>(null);
  const [invited, setInvited] = useState<Invited | null>(null);
  const pages = usePages<User>(usersKey, (query) => body(api.GET("/api/v1/users", { params: { query } })));
  const add = (
    <DialogButton label={text("users.add")} variant="accent">
      {() => <NewUserDialog invited={setInvited} />}
    </DialogButton>
  );
  const secret = invited !== null && invited.link !== "" && (
    <Secret
      heading={text("users.link_heading", { name: invited.name })}
      help={text("users.link_help", { until: format.dateTime(invited.expires_at) })}
      label={text("users.link")}
      value={invited.link}
      onClose={() => setInvited(null)}
    />
  );
  const actions = (
    <div className={row}>
      <SaveRows
        file="people"
        head={["name", "role", "buyer_data", "created_at", "last_seen_at", "disabled_at"]}
        pages={pages}
        row={(user) => [
          user.name,
          user.role,
          String(user.buyer_data),
          user.created_at,
          user.last_seen_at ?? "",
          user.disabled_at ?? "",
        ]}
      />
      {add}
    </div>
  );
  return (
    <>
      <ListPanel
        heading={text("users.tab_people")}
        actions={actions}
        above={secret}
        pages={pages}
        empty={null}
      >
        {(people) => <PeopleTable people={people} ask={(user, act) => setAsked({ user, act })} />}
      </ListPanel>
      <DialogContainer onDismiss={() => setAsked(null)}>
        {asked !== null &&
          (asked.act === "rights" ? (
            <RightsDialog user={asked.user} />
          ) : (
            <AskDialog user={asked.user} act={asked.act} invited={setInvited} />
          ))}
      </DialogContainer>
    </>
  );
}
