// How tall tables are: as their rows, up to a part of the window; then they scroll by themselves.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

export const tableStyle = style({ width: "full", maxHeight: "[70vh]" });
