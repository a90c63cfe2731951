// What is one's own: rights, language, password, and where one is signed in.
import { Radio, RadioGroup } from "@react-spectrum/s2";

import { type Language, useText } from "../../i18n";
import { Fact, Facts } from "../../parts/Facts";
import { Panel } from "../../parts/Panel";
import { Title } from "../../parts/Title";
import { useOwnLanguage } from "../../shell/language";
import { useSession } from "../../shell/session";
import { Password } from "./Password";
import { Sessions } from "./Sessions";

export function Me() {
  const text = useText();
  const { language, choose } = useOwnLanguage();
  const session = useSession();
  return (
    <>
      <Title>{text("user.me")}</Title>
      {session.data !== undefined && (
        <Panel heading={session.data.name}>
          <Facts>
            <Fact label={text("users.role")}>{text(`role.${session.data.role}`)}</Fact>
            <Fact label={text("users.buyer_data_column")}>
              {text(session.data.buyer_data ? "users.sees" : "users.sees_not")}
            </Fact>
          </Facts>
        </Panel>
      )}
      <Panel heading={text("me.language")}>
        <RadioGroup
          aria-label={text("me.language")}
          value={language}
          onChange={(value) => choose(value as Language)}
        >
          <Radio value="en">{text("me.language_en")}</Radio>
          <Radio value="it">{text("me.language_it")}</Radio>
        </RadioGroup>
      </Panel>
      <Password />
      <Sessions />
    </>
  );
}
