/** What happened lately, as far back as it can be told without gaps. */
export class EventLog<Event> {
  private kept: { at: number; event: Event }[] = [];
  /** Before this moment nothing is known. */
  private from: number;

  constructor(
    now: number,
    private readonly max = 500,
  ) {
    this.from = now;
  }

  /** Null: something happened that nobody told. */
  add(events: readonly Event[] | null, now: number) {
    if (events === null || this.kept.length + events.length > this.max) {
      this.kept = [];
      // What comes from now on is known again; this moment itself is not.
      this.from = now + 1;
      return;
    }
    this.kept.push(...events.map((event) => ({ at: now, event })));
  }

  /** Null: more happened than is known. */
  since(time: number): Event[] | null {
    return time < this.from ? null : this.kept.filter(({ at }) => at >= time).map(({ event }) => event);
  }
}
