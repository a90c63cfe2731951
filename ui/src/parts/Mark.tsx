// A short word that stands out in a row of others. It is as wide as its text, also in cells and beside
// longer words.
import { Badge, Text } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

interface MarkProps {
  tone: "positive" | "negative" | "notice" | "neutral" | "informative";
  fill?: "bold" | "subtle" | "outline";
  children: string;
}

export function Mark({ tone, fill = "bold", children }: MarkProps) {
  return (
    <Badge variant={tone} fillStyle={fill} size="S" styles={style({ width: "max", flexShrink: 0 })}>
      <Text>{children}</Text>
    </Badge>
  );
}
