/** The parts of the page of an Amazon order; the chosen one is in the address. */
export const orderTabs = ["details", "items", "packages", "commands", "money", "history"] as const;
export type OrderTab = (typeof orderTabs)[number];
