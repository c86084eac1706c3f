// Numbers onto a line of the page.

/** Round steps of 1, 2 or 5 times a power of ten, at most `most` of them. */
export function ticksOf(from: number, to: number, most: number): number[] {
  const width = to - from;
  if (!(width > 0)) return [from];
  const size = 10 ** Math.floor(Math.log10(width / most));
  const step = [1, 2, 5, 10].map((one) => one * size).find((one) => width / one <= most) ?? size * 10;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

export const scaleOf = (from: number, to: number, left: number, right: number) => (value: number): number =>
  to > from ? left + ((value - from) / (to - from)) * (right - left) : left;
