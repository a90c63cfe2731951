// Connects an Amazon account. Amazon is asked at once, and nothing is stored if it refuses.
import {
  Button,
  Disclosure,
  DisclosurePanel,
  DisclosureTitle,
  Form,
  Radio,
  RadioGroup,
  TextField,
} from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type FormEvent, useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { ProblemAlert, useFieldError } from "../../parts/problems";

type Entered = Omit<Schemas["ConnectAccount"], "spapi_url" | "lwa_url"> & {
  spapi_url: string;
  lwa_url: string;
};

const empty: Entered = {
  name: "",
  region: "eu",
  seller_id: "",
  client_id: "",
  client_secret: "",
  refresh_token: "",
  spapi_url: "",
  lwa_url: "",
};
const texts = ["name", "seller_id", "client_id"] as const;
const secrets = ["client_secret", "refresh_token"] as const;
const addresses = ["spapi_url", "lwa_url"] as const;
const fields = ["region", ...texts, ...secrets, ...addresses];

/** Empty addresses are Amazon's own. */
function requestOf({ spapi_url, lwa_url, ...rest }: Entered): Schemas["ConnectAccount"] {
  return {
    ...rest,
    ...(spapi_url.trim() !== "" && { spapi_url: spapi_url.trim() }),
    ...(lwa_url.trim() !== "" && { lwa_url: lwa_url.trim() }),
  };
}

interface FieldsProps {
  entered: Entered;
  set: (next: Partial<Entered>) => void;
  errorAt: ReturnType<typeof useFieldError>;
}

function AccountFields({ entered, set, errorAt }: FieldsProps) {
  const text = useText();
  return (
    <>
      <RadioGroup
        label={text("connect.region")}
        value={entered.region}
        onChange={(region) => set({ region: region as Entered["region"] })}
        {...errorAt("region")}
      >
        {(["eu", "na", "fe"] as const).map((region) => (
          <Radio key={region} value={region}>
            {text(`region.${region}`)}
          </Radio>
        ))}
      </RadioGroup>
      {texts.map((name) => (
        <TextField
          key={name}
          label={text(`connect.${name}`)}
          description={text(`connect.${name}_help`)}
          isRequired
          autoComplete="off"
          value={entered[name]}
          onChange={(value) => set({ [name]: value })}
          {...errorAt(name)}
        />
      ))}
      {secrets.map((name) => (
        <TextField
          key={name}
          label={text(`connect.${name}`)}
          description={text(`connect.${name}_help`)}
          type="password"
          isRequired
          autoComplete="off"
          value={entered[name]}
          onChange={(value) => set({ [name]: value })}
          {...errorAt(name)}
        />
      ))}
    </>
  );
}

/** For a sandbox, or a proxy of one's own. */
function Addresses({ entered, set, errorAt }: FieldsProps) {
  const text = useText();
  return (
    <Disclosure isQuiet>
      <DisclosureTitle>{text("connect.addresses")}</DisclosureTitle>
      <DisclosurePanel>
        <div className={style({ display: "flex", flexDirection: "column", gap: 16 })}>
          {addresses.map((name) => (
            <TextField
              key={name}
              label={text(`connect.${name}`)}
              description={text("connect.address_help")}
              type="url"
              autoComplete="off"
              value={entered[name]}
              onChange={(value) => set({ [name]: value })}
              {...errorAt(name)}
            />
          ))}
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}

export function ConnectAccount({ connected }: { connected: (account: Schemas["Account"]) => void }) {
  const text = useText();
  const [entered, setEntered] = useState(empty);
  const set = (next: Partial<Entered>) => setEntered((before) => ({ ...before, ...next }));
  const connect = useChange({
    call: () => body(api.POST("/api/v1/accounts", { body: requestOf(entered) })),
    touches: [["accounts"]],
    done: (account) => text("connect.done", { name: account.name }),
    after: connected,
  });
  const errorAt = useFieldError(connect.error);
  return (
    <Form
      validationBehavior="aria"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        connect.mutate();
      }}
    >
      <ProblemAlert error={connect.error} fields={fields} />
      <AccountFields entered={entered} set={set} errorAt={errorAt} />
      <Addresses entered={entered} set={set} errorAt={errorAt} />
      <Button type="submit" variant="accent" isPending={connect.isPending}>
        {text("connect.button")}
      </Button>
    </Form>
  );
}
