// What commerce orders are searched by: in the address as people read it, in requests as the server wants it.
import { spanOf } from "../../parts/days";

export const searchNames = ["q", "status", "store", "created_from", "created_to", "sort"] as const;
export type Name = (typeof searchNames)[number];
export type Search = { [Key in Name]?: string };

export const kSortAtFirst = "-created_at";

export function toQuery({ created_from, created_to, ...rest }: Search): Search {
  return {
    sort: kSortAtFirst,
    ...rest,
    ...spanOf(["created_from", created_from], ["created_to", created_to]),
  };
}

export const without = (search: Search, names: ReadonlySet<string>): Search =>
  Object.fromEntries(Object.entries(search).filter(([name]) => !names.has(name)));
