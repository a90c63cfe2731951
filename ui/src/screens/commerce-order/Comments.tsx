// What was said about the order, by people and by Fairway; and a place to say more.
import { Button, Form, TextArea } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type FormEvent, useState } from "react";

import { useText } from "../../i18n";
import type { CommerceOrder } from "../../parts/commerce";
import { useFormat } from "../../parts/format";
import { ProblemAlert, useFieldError } from "../../parts/problems";
import { Nothing, Section } from "../../parts/Sections";
import { useMay } from "../../shell/session";
import { useComment } from "./actions";

const kLengthMax = 2_000;

function CommentForm({ order }: { order: CommerceOrder }) {
  const text = useText();
  const [comment, setComment] = useState("");
  const add = useComment(order, text("comments.done"));
  const fieldError = useFieldError(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ text: comment }, { onSuccess: () => setComment("") });
  };
  return (
    <Form validationBehavior="aria" onSubmit={submit} styles={style({ maxWidth: 560, marginTop: 16 })}>
      <ProblemAlert error={add.error} fields={["text"]} />
      <TextArea
        label={text("comments.new")}
        value={comment}
        onChange={setComment}
        maxLength={kLengthMax}
        {...fieldError("text")}
      />
      <div>
        <Button
          type="submit"
          variant="secondary"
          isPending={add.isPending}
          isDisabled={comment.trim() === ""}
        >
          {text("comments.submit")}
        </Button>
      </div>
    </Form>
  );
}

export function Comments({ order }: { order: CommerceOrder }) {
  const text = useText();
  const format = useFormat();
  const isOperator = useMay("operator");
  return (
    <Section title={text("comments.title")}>
      {order.comments.length === 0 ? (
        <Nothing>{text("comments.none")}</Nothing>
      ) : (
        <ol className={style({ listStyleType: "none", margin: 0, padding: 0 })}>
          {order.comments.map((comment) => (
            <li key={comment.id} className={style({ paddingY: 8 })}>
              <div className={style({ font: "detail-sm", color: "gray-700" })}>
                {text("comments.by", { author: comment.author, time: format.dateTime(comment.created_at) })}
              </div>
              <div className={style({ font: "ui", whiteSpace: "pre-wrap", overflowWrap: "anywhere" })}>
                {comment.text}
              </div>
            </li>
          ))}
        </ol>
      )}
      {isOperator && <CommentForm order={order} />}
    </Section>
  );
}
