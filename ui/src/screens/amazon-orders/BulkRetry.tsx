// Tries the chosen orders again, one after the other, and says how far it is and how it went.
import { Button, ButtonGroup, Content, Dialog, Heading, ProgressBar } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { api, body } from "../../api/client";
import { useText } from "../../i18n";
import { touches } from "../../parts/orderData";
import { replaceInGrids, rowId } from "../../parts/orderData";
import type { AmazonOrder } from "../../parts/orders";
import { useProblemText } from "../../parts/problems";
import { Nothing } from "../../parts/Sections";

interface Failure {
  order: AmazonOrder;
  error: unknown;
}
interface Progress {
  done: number;
  blocked: number;
  failures: Failure[];
}

function retry({ store, amazon_order_id }: AmazonOrder): Promise<AmazonOrder> {
  const params = { path: { store, amazon_order_id } };
  return body(api.POST("/api/v1/amazon-orders/{store}/{amazon_order_id}/retry", { params }));
}

function useBulkRetry(orders: readonly AmazonOrder[]) {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<Progress>({ done: 0, blocked: 0, failures: [] });
  const [isRunning, setRunning] = useState(true);
  const stopped = useRef(false);
  const begun = useRef(false);
  useEffect(() => {
    // The work is begun once, however often the dialog is drawn.
    if (begun.current) return;
    begun.current = true;
    const run = async () => {
      let now: Progress = { done: 0, blocked: 0, failures: [] };
      for (const order of orders) {
        if (stopped.current) break;
        try {
          const after = await retry(order);
          replaceInGrids(queryClient, [after]);
          now = { ...now, done: now.done + 1, blocked: now.blocked + (after.block === null ? 0 : 1) };
        } catch (error) {
          now = { ...now, done: now.done + 1, failures: [...now.failures, { order, error }] };
        }
        setProgress(now);
      }
      setRunning(false);
      const others = touches.map((queryKey) =>
        queryClient.invalidateQueries({ queryKey, predicate: (query) => query.queryKey[1] !== "grid" }),
      );
      await Promise.all(others);
    };
    void run();
  });
  return { progress, isRunning, stop: () => (stopped.current = true) };
}

function Failures({ failures }: { failures: readonly Failure[] }) {
  const text = useText();
  const problemText = useProblemText();
  if (failures.length === 0) return null;
  return (
    <ul className={style({ margin: 0, paddingStart: 20, font: "ui" })}>
      {failures.map(({ order, error }) => (
        <li key={rowId(order)}>
          {text("bulk.failure", { number: order.amazon_order_id, problem: problemText(error) })}
        </li>
      ))}
    </ul>
  );
}

interface Props {
  orders: readonly AmazonOrder[];
  close: () => void;
}

export function BulkRetry({ orders, close }: Props) {
  const text = useText();
  const { progress, isRunning, stop } = useBulkRetry(orders);
  return (
    <Dialog isKeyboardDismissDisabled>
      <Heading slot="title">{text("bulk.title")}</Heading>
      <Content>
        <div className={style({ display: "flex", flexDirection: "column", gap: 16 })}>
          <ProgressBar
            label={text("bulk.progress")}
            value={progress.done}
            maxValue={orders.length}
            valueLabel={text("bulk.of", { done: progress.done, all: orders.length })}
            styles={style({ width: "full" })}
          />
          <div role="status">
            {!isRunning && (
              <Nothing>
                {text("bulk.result", {
                  done: progress.done - progress.failures.length,
                  blocked: progress.blocked,
                  failed: progress.failures.length,
                })}
              </Nothing>
            )}
          </div>
          <Failures failures={progress.failures} />
        </div>
      </Content>
      <ButtonGroup>
        {isRunning ? (
          <Button variant="secondary" onPress={stop}>
            {text("bulk.stop")}
          </Button>
        ) : (
          <Button variant="accent" onPress={close}>
            {text("action.close")}
          </Button>
        )}
      </ButtonGroup>
    </Dialog>
  );
}
