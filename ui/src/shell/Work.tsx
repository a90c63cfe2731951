// How far the work is that a person asked for and that goes on by itself.
import { ProgressBar } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import type { Schemas } from "../api/client";
import { type MessageId, useText } from "../i18n";
import { useExports, useReplan } from "./work";

const bar = style({ width: "full", maxWidth: 480 });

function ExportProgress({ file }: { file: Schemas["Export"] }) {
  const text = useText();
  const label = text("work.export", { list: text(`export.${file.list}` as MessageId) });
  const rows = text("work.rows", { count: file.rows });
  return file.total === null ? (
    <ProgressBar isIndeterminate label={`${label}`} valueLabel={rows} styles={bar} />
  ) : (
    <ProgressBar
      label={label}
      value={Math.min(file.rows, file.total)}
      maxValue={Math.max(file.total, 1)}
      valueLabel={text("work.of", { done: file.rows, all: file.total })}
      styles={bar}
    />
  );
}

export function Work() {
  const text = useText();
  const { data: exports = [] } = useExports();
  const { data: replan } = useReplan();
  if (exports.length === 0 && replan == null) return null;
  return (
    <section
      aria-label={text("work.label")}
      className={style({
        display: "flex",
        flexWrap: "wrap",
        gap: 24,
        paddingX: { default: 16, lg: 24 },
        paddingTop: 16,
      })}
    >
      {replan != null && (
        <ProgressBar
          label={text("work.replan")}
          value={replan.done}
          maxValue={replan.all}
          valueLabel={text("work.of", { done: replan.done, all: replan.all })}
          styles={bar}
        />
      )}
      {exports.map((file) => (
        <ExportProgress key={file.id} file={file} />
      ))}
    </section>
  );
}
