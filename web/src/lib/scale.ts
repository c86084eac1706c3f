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

/** A bar from left to right, `y` its upper edge, that points to the right, to the left or nowhere; a short one is all point. */
export function arrowOf(from: number, to: number, y: number, height: number, points: 'right' | 'left' | 'nowhere'): string {
  const tip = Math.min(0.45 * height, to - from);
  const half = y + height / 2;
  if (points === 'nowhere') return `M${from} ${y}H${to}v${height}H${from}z`;
  if (points === 'left') return `M${to} ${y}H${from + tip}L${from} ${half}L${from + tip} ${y + height}H${to}z`;
  return `M${from} ${y}H${to - tip}L${to} ${half}L${to - tip} ${y + height}H${from}z`;
}

export const scaleOf = (from: number, to: number, left: number, right: number) => (value: number): number =>
  to > from ? left + ((value - from) / (to - from)) * (right - left) : left;
