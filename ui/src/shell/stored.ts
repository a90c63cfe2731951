// What this browser's tab remembers over a reload: the work that was asked for here.

/** What is stored under the name, if it is what it should be. */
export function readStored<T>(name: string, isGood: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(name) ?? "null");
    return isGood(value) ? value : null;
  } catch {
    return null;
  }
}

/** Null: nothing is stored any more. */
export function store(name: string, value: unknown) {
  if (value === null) sessionStorage.removeItem(name);
  else sessionStorage.setItem(name, JSON.stringify(value));
}
