import type { Span, WeekSpan } from "../../shared/api";

/** Seven days, Monday first; each open as often as it likes. */
export type Week = Span[][];

export const weekOf = (spans: WeekSpan[]): Week =>
  [1, 2, 3, 4, 5, 6, 7].map((day) => byTime(spans.filter((span) => span.day === day).map(({ from, to }) => ({ from, to }))));

export const spansOf = (week: Week): WeekSpan[] => week.flatMap((spans, index) => byTime(spans).map((span) => ({ day: index + 1, ...span })));

const byTime = (spans: Span[]) => [...spans].sort((a, b) => a.from.localeCompare(b.from));

export const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (total: number) => `${String(Math.floor(total / 60) % 24).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;

/** "22:00 to 02:00" ends the next day; the same time twice is a whole day round. */
export const pastMidnight = ({ from, to }: Span) => minutes(to) <= minutes(from);

/** What is offered next: an hour after the last span closes, as far as the day goes. */
export const nextSpan = (spans: Span[]): Span => {
  const last = byTime(spans).at(-1);
  if (!last || pastMidnight(last)) return { from: "09:00", to: "17:00" };
  const from = Math.min(minutes(last.to) + 60, 23 * 60);
  return { from: timeOf(from), to: timeOf(Math.min(from + 240, 24 * 60 - 1)) };
};

export const copyMonday = (week: Week): Week => week.map(() => (week[0] ?? []).map((span) => ({ ...span })));

const endOf = (span: Span) => minutes(span.to) + (pastMidnight(span) ? 24 * 60 : 0);

/** Days on which one span begins before another has ended, the evening before included. */
export const overlapping = (week: Week): number[] =>
  week.flatMap((spans, day) => {
    const evening = (week[(day + 6) % 7] ?? []).filter(pastMidnight).map((span) => endOf(span) - 24 * 60);
    let closed = Math.max(0, ...evening);
    const clash = byTime(spans).some((span) => {
      const early = minutes(span.from) < closed;
      closed = Math.max(closed, endOf(span));
      return early;
    });
    return clash ? [day] : [];
  });

/** Minutes open in a week. */
export const openMinutes = (week: Week) => week.flat().reduce((sum, span) => sum + endOf(span) - minutes(span.from), 0);
