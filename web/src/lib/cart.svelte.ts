// Guides that were chosen, kept while a person goes from page to page and comes back.
import { kept, keep } from './ui.svelte';

export interface CartGuide {
  sequence: string;
  pam: string;
  nuclease: string;
  target: string;
  contig: string;
  cut: number;
  strand: string;
  off_targets: string;
}

function restored(): CartGuide[] {
  try {
    const list: unknown = JSON.parse(kept('cart') ?? '[]');
    return Array.isArray(list) ? list.filter((one) => typeof one?.sequence === 'string' && /^[ACGT]+$/.test(one.sequence)).map((one) => ({ pam: '', nuclease: '', target: '', contig: '', cut: 0, strand: '', off_targets: '', ...one })) : [];
  } catch {
    return []; // what another version of the page kept
  }
}

class Cart {
  guides = $state<CartGuide[]>(restored());

  has = (sequence: string): boolean => this.guides.some((one) => one.sequence === sequence);
  toggle(guide: CartGuide) {
    if (this.has(guide.sequence)) this.remove(guide.sequence);
    else this.set([...this.guides, guide]);
  }
  remove = (sequence: string) => this.set(this.guides.filter((one) => one.sequence !== sequence));
  /** One place nearer to the beginning of the array. */
  lift(i: number) {
    const list = [...this.guides];
    [list[i - 1], list[i]] = [list[i]!, list[i - 1]!];
    this.set(list);
  }
  clear = () => this.set([]);
  private set(list: CartGuide[]) {
    this.guides = list;
    keep('cart', JSON.stringify(list));
  }
}

export const cart = new Cart();
