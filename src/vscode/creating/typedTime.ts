const day = /^(\d{4})-(\d\d)-(\d\d)$/;
const dayAndTime = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)$/;

/**
 * A date and time as a person types it, in the time zone of this computer: `2026-01-31 06:00`, or only the day. Undefined
 * for anything else, and for a day or a time that doesn't exist.
 */
export function typedMoment(text: string): Date | undefined {
  const [, ...parts] = dayAndTime.exec(text.trim()) ?? day.exec(text.trim()) ?? [];
  const [year, month, date, hour = 0, minute = 0] = parts.map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const moment = new Date(year, month - 1, date, hour, minute);
  const isReal = moment.getMonth() === month - 1 && moment.getDate() === date && hour < 24 && minute < 60;
  return isReal ? moment : undefined;
}

/** A moment as it would be typed. */
export function typedText(moment: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const date = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  return `${date} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** Whether a text is a day that exists, such as `2026-01-31`. */
export function isDay(text: string): boolean {
  return day.test(text.trim()) && typedMoment(text) !== undefined;
}
