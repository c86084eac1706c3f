// Language and look of the whole house: chosen once, kept in this browser.

export type Lang = 'en' | 'zh';
export type Look = 'auto' | 'light' | 'dark';

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser that keeps nothing
  }
}

export function keep(name: string, value: string) {
  try {
    localStorage.setItem(name, value);
  } catch {
    return; // the choice holds until the page is left
  }
}

class Ui {
  lang = $state<Lang>((kept('lang') ?? navigator.language).startsWith('zh') ? 'zh' : 'en');
  look = $state<Look>((['light', 'dark'] as const).find((one) => one === kept('look')) ?? 'auto');

  setLang(lang: Lang) {
    this.lang = lang;
    keep('lang', lang);
  }
  setLook(look: Look) {
    this.look = look;
    keep('look', look);
  }
}

export const ui = new Ui();

/** The text in the language of the page. */
export const t = (en: string, zh: string): string => (ui.lang === 'zh' ? zh : en);
