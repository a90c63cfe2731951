// What flags are drawn from. Every flag is 30 wide and 20 high, whatever its country prescribes.
import type { ReactNode } from "react";

export const kWidth = 30;
export const kHeight = 20;

/** A colour and how much of the flag it takes beside the others. */
type Band = readonly [colour: string, share: number];

function spans(bands: readonly Band[], length: number) {
  const whole = bands.reduce((sum, [, share]) => sum + share, 0);
  let start = 0;
  return bands.map(([colour, share], index) => {
    const span = { key: index, colour, start, length: (share / whole) * length };
    start += span.length;
    return span;
  });
}

/** Bands from top to bottom. */
export function across(...bands: readonly Band[]): ReactNode {
  return spans(bands, kHeight).map(({ key, colour, start, length }) => (
    <rect key={key} y={start} width={kWidth} height={length} fill={colour} />
  ));
}

/** Bands from left to right. */
export function down(...bands: readonly Band[]): ReactNode {
  return spans(bands, kWidth).map(({ key, colour, start, length }) => (
    <rect key={key} x={start} width={length} height={kHeight} fill={colour} />
  ));
}

export function ground(colour: string): ReactNode {
  return <rect width={kWidth} height={kHeight} fill={colour} />;
}

interface StarProps {
  x: number;
  y: number;
  radius: number;
  fill: string;
  points?: number;
}

/** A star that stands on two of its points. */
export function Star({ x, y, radius, fill, points = 5 }: StarProps) {
  const corners = Array.from({ length: 2 * points }, (_, index) => {
    const reach = index % 2 === 0 ? radius : radius * 0.42;
    const angle = (Math.PI * index) / points - Math.PI / 2;
    return `${(x + reach * Math.cos(angle)).toFixed(2)},${(y + reach * Math.sin(angle)).toFixed(2)}`;
  });
  return <polygon points={corners.join(" ")} fill={fill} />;
}

/** A disc, and another one of the ground's colour that bites into it from the right. */
export function Crescent({ x, y, radius, bite, fill, ground: behind }: CrescentProps) {
  return (
    <>
      <circle cx={x} cy={y} r={radius} fill={fill} />
      <circle cx={x + bite} cy={y} r={radius * 0.82} fill={behind} />
    </>
  );
}

interface CrescentProps {
  x: number;
  y: number;
  radius: number;
  bite: number;
  fill: string;
  ground: string;
}

/** The Union Flag, filling 30 x 20; Australia shows it in a corner. */
export function UnionFlag() {
  return (
    <>
      {ground("#012169")}
      <path d="M0 0 30 20M30 0 0 20" stroke="#fff" strokeWidth={4} />
      <path d="M0 0 30 20M30 0 0 20" stroke="#c8102e" strokeWidth={1.6} />
      <path d="M15 0V20M0 10H30" stroke="#fff" strokeWidth={6.4} />
      <path d="M15 0V20M0 10H30" stroke="#c8102e" strokeWidth={3.8} />
    </>
  );
}
