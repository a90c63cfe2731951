// The flag of a marketplace's country, drawn simply: no system has all of them in its fonts.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

import { useCountryName } from "../marketplaces";
import { across, Crescent, down, ground, kHeight, kWidth, Star, UnionFlag } from "./shapes";

const kRed = "#ce1126";
const kWhite = "#fff";
const kLeaf =
  "M15 4l1.2 2.3 1.6-.8-.6 3.4 1.7-1.5.4 1 2.2-.3-.9 2 .9.5-3.5 2.9.4 1.3-3.2-.5.1 1.9h-.6l.1-1.9-3.2.5.4-1.3-3.5-2.9.9-.5-.9-2 2.2.3.4-1 1.7 1.5-.6-3.4 1.6.8z";

const stripes = Array.from({ length: 13 }, (_, index) => [index % 2 === 0 ? "#b31942" : kWhite, 1] as const);
const canton = Array.from({ length: 12 }, (_, index) => (
  <circle key={index} cx={2 + (index % 4) * 2.7} cy={2 + Math.floor(index / 4) * 3.4} r={0.8} fill={kWhite} />
));
/** Round the middle of Singapore's crescent; the Southern Cross of Australia. */
const five: readonly (readonly [number, number])[] = [
  [9.4, 2.9],
  [11.3, 4.4],
  [10.6, 6.8],
  [8.2, 6.8],
  [7.5, 4.4],
];
const cross: readonly (readonly [number, number])[] = [
  [22.5, 3.2],
  [26.2, 7.8],
  [22.5, 16.4],
  [18.8, 9],
  [24.2, 10.8],
];

const wheel = Array.from({ length: 6 }, (_, index) => {
  const angle = (Math.PI * index) / 6;
  const [x, y] = [2.4 * Math.cos(angle), 2.4 * Math.sin(angle)];
  return `M${(15 - x).toFixed(2)} ${(10 - y).toFixed(2)}L${(15 + x).toFixed(2)} ${(10 + y).toFixed(2)}`;
}).join("");

const flags: Record<string, ReactNode> = {
  CA: (
    <>
      {down(["#d80621", 1], [kWhite, 2], ["#d80621", 1])}
      <path d={kLeaf} fill="#d80621" />
    </>
  ),
  US: (
    <>
      {across(...stripes)}
      <rect width={12} height={10.77} fill="#0a3161" />
      {canton}
    </>
  ),
  MX: (
    <>
      {down(["#006341", 1], [kWhite, 1], ["#c8102e", 1])}
      <circle cx={15} cy={9.6} r={2.2} fill="#8c5a2b" />
      <path d="M12.2 11.2a3 3 0 0 0 5.6 0" fill="none" stroke="#006341" strokeWidth={1} />
    </>
  ),
  BR: (
    <>
      {ground("#009739")}
      <polygon points="15,2 28,10 15,18 2,10" fill="#fedd00" />
      <circle cx={15} cy={10} r={4.4} fill="#012169" />
      <path d="M10.9 8.9a9 9 0 0 1 8.2 2.6" fill="none" stroke={kWhite} strokeWidth={1} />
    </>
  ),
  IE: down(["#169b62", 1], [kWhite, 1], ["#ff883e", 1]),
  ES: (
    <>
      {across(["#aa151b", 1], ["#f1bf00", 2], ["#aa151b", 1])}
      <rect x={7} y={8} width={3.4} height={4} rx={0.8} fill="#aa151b" />
    </>
  ),
  UK: <UnionFlag />,
  FR: down(["#000091", 1], [kWhite, 1], ["#e1000f", 1]),
  BE: down(["#000", 1], ["#fdda24", 1], ["#ef3340", 1]),
  NL: across(["#ae1c28", 1], [kWhite, 1], ["#21468b", 1]),
  DE: across(["#000", 1], ["#d00", 1], ["#ffce00", 1]),
  IT: down(["#008c45", 1], [kWhite, 1], ["#cd212a", 1]),
  SE: (
    <>
      {ground("#006aa7")}
      <path d="M11 0V20M0 10H30" stroke="#fecc02" strokeWidth={4} />
    </>
  ),
  ZA: (
    <>
      {across(["#e03c31", 1], ["#001489", 1])}
      <path d="M0 0 12 10 0 20M12 10H30" fill="none" stroke={kWhite} strokeWidth={6.6} />
      <path d="M0 0 12 10 0 20" fill="#000" stroke="#ffb81c" strokeWidth={6} />
      <path d="M-1 -1 12 10 -1 21M12 10H30" fill="none" stroke="#007749" strokeWidth={4} />
    </>
  ),
  PL: across([kWhite, 1], ["#dc143c", 1]),
  EG: (
    <>
      {across([kRed, 1], [kWhite, 1], ["#000", 1])}
      <path d="M15 7.4l2.2 1.4-.7 3h-3l-.7-3z" fill="#c09300" />
    </>
  ),
  TR: (
    <>
      {ground("#e30a17")}
      <Crescent x={11} y={10} radius={5} bite={1.4} fill={kWhite} ground="#e30a17" />
      <Star x={17.4} y={10} radius={2.5} fill={kWhite} />
    </>
  ),
  SA: (
    <>
      {ground("#005430")}
      <path d="M7 6.4h2.6m1 0h4m1 0h2.4m1 0h4M8 9h4.4m1 0h3m1 0h4.6" stroke={kWhite} strokeWidth={1.4} />
      <path d="M8 13.6h14M10 12.4v2.4" stroke={kWhite} strokeWidth={1} />
    </>
  ),
  AE: (
    <>
      {across(["#00843d", 1], [kWhite, 1], ["#000", 1])}
      <rect width={7.5} height={kHeight} fill="#c8102e" />
    </>
  ),
  IN: (
    <>
      {across(["#ff8f1c", 1], [kWhite, 1], ["#046a38", 1])}
      <circle cx={15} cy={10} r={2.4} fill="none" stroke="#07038d" strokeWidth={0.7} />
      <path d={wheel} stroke="#07038d" strokeWidth={0.3} />
    </>
  ),
  SG: (
    <>
      {across(["#ee2536", 1], [kWhite, 1])}
      <Crescent x={6.2} y={5} radius={3.8} bite={1.8} fill={kWhite} ground="#ee2536" />
      {five.map(([x, y]) => (
        <Star key={x + y} x={x} y={y} radius={0.9} fill={kWhite} />
      ))}
    </>
  ),
  AU: (
    <>
      {ground("#012169")}
      <g transform="scale(.5)">
        <UnionFlag />
      </g>
      <Star x={7.5} y={15} radius={2.6} points={7} fill={kWhite} />
      {cross.map(([x, y]) => (
        <Star key={x + y} x={x} y={y} radius={1.4} points={7} fill={kWhite} />
      ))}
    </>
  ),
  JP: (
    <>
      {ground(kWhite)}
      <circle cx={15} cy={10} r={6} fill="#bc002d" />
    </>
  ),
};

/** Countries whose flag is drawn, by the code that Amazon uses. */
export const flagCountries: readonly string[] = Object.keys(flags);

const picture = style({ display: "block", flexShrink: 0, width: 30, height: 20, borderRadius: "sm" });

/** With its country's name, unless the name stands beside it. */
export function Flag({ country, isNamed = false }: { country: string; isNamed?: boolean }) {
  const countryName = useCountryName();
  const flag = flags[country];
  if (flag === undefined) return null;
  const named = isNamed
    ? { "aria-hidden": true }
    : { role: "img" as const, "aria-label": countryName(country) };
  return (
    <svg viewBox={`0 0 ${kWidth} ${kHeight}`} className={picture} {...named}>
      {flag}
      {/* White flags have an edge, on light ground and on dark. */}
      <rect x={0.5} y={0.5} width={29} height={19} fill="none" stroke="#808080" strokeOpacity={0.5} />
    </svg>
  );
}
