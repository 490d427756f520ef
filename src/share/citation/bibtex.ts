/** What to cite for a study, as BibTeX: the playground with what the study is, and the papers whose method it shows. CITATION.cff says the same. */
import { counted } from '../../core/counted.ts';
import { inEnglish } from '../../core/language/catalogue.ts';
import { listed } from '../../core/listed.ts';
import type { StudyResult } from '../../study/result/result.ts';

/** Of the playground's release. */
const YEAR = 2026;

const PAPERS = `@misc{zhuang2024copra,
  author        = {Zhuang, Zhan and Wang, Xiequn and Zhang, Yulong and Li, Wei and Zhang, Yu and Wei, Ying},
  title         = {{CopRA: A Progressive LoRA Training Strategy}},
  year          = {2024},
  eprint        = {2410.22911},
  archivePrefix = {arXiv}
}

@misc{zhuang2025coto,
  author        = {Zhuang, Zhan and Wang, Xiequn and Li, Wei and Zhang, Yulong and Huang, Qiushi and Chen, Shuhao and Wang, Xuehao and Wei, Yanbin and Nie, Yuhe and Ma, Kede and Zhang, Yu and Wei, Ying},
  title         = {{Come Together, But Not Right Now: A Progressive Strategy to Boost Low-Rank Adaptation}},
  year          = {2025},
  eprint        = {2506.05713},
  archivePrefix = {arXiv}
}
`;

const SIGNS: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '^': String.raw`\textasciicircum{}`,
  '~': String.raw`\textasciitilde{}`,
};

/** A name that somebody typed, in which TeX finds no command and no brace. */
const plain = (name: string): string => name.replace(/[\\^~{}#$%&_]/g, (sign) => SIGNS[sign] ?? `\\${sign}`);

/** @param address of the page; one that only this device can open is left out */
export function studyBibtex({ config, task, provenance }: StudyResult, address: string): string {
  const study = inEnglish(() =>
    [
      plain(task.name),
      plain(listed(config.arms.map(({ name }) => name))),
      `${counted(config.seeds.length, 'seed')} each`,
      counted(config.training.steps, 'step'),
      counted(task.test, 'test image'),
    ].join('; '),
  );
  const url = address.startsWith('https:') ? `\n  url     = {${address}},` : '';
  return `@software{copra_playground,
  author  = {{CopRA Playground contributors}},
  title   = {{CopRA Playground}},
  version = {${plain(provenance.appVersion)}},
  year    = {${YEAR}},${url}
  note    = {Study: ${study}}
}

${PAPERS}`;
}
