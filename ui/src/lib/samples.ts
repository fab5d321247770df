/** What a voice says when one wants to hear it: a sentence of its own language. */

const SAMPLES: Record<string, string> = {
  en: 'This is how I sound when I tell your story.',
  ro: 'Așa sună vocea mea când îți spun povestea.',
  de: 'So klinge ich, wenn ich deine Geschichte erzähle.',
  fr: 'Voici ma voix quand je raconte votre histoire.',
  es: 'Así sueno cuando cuento tu historia.',
  it: 'Ecco la mia voce quando racconto la tua storia.',
  pt: 'É assim que eu soo quando conto a tua história.',
  nl: 'Zo klink ik als ik jouw verhaal vertel.',
  pl: 'Tak brzmię, kiedy opowiadam twoją historię.',
  hu: 'Így szól a hangom, amikor elmesélem a történetedet.',
  cs: 'Takhle zním, když vyprávím tvůj příběh.',
  tr: 'Hikayeni anlatırken sesim böyle duyulur.',
  sv: 'Så här låter jag när jag berättar din historia.',
  uk: 'Ось так звучить мій голос, коли я розповідаю твою історію.',
  ru: 'Вот так звучит мой голос, когда я рассказываю твою историю.',
  el: 'Έτσι ακούγομαι όταν λέω την ιστορία σου.',
};

/** A sentence in this language; English where there is none. */
export function sampleOf(language: string): string {
  const base = language.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return SAMPLES[base] ?? SAMPLES['en'] ?? '';
}
