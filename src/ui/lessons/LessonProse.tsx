/** Renders the text of a lesson, with words that can be asked for. */
import { createContext, Fragment, use, useMemo, type ReactNode } from 'react';
import { parseLessonText, type Block, type Inline } from '../../lessons/text.ts';
import { useGlossedMap } from '../glossary/use-glossed.tsx';
import { Formula } from './Formula.tsx';
import css from './lessons.module.css';
import { useLessons } from './use-lessons.ts';

/** The texts with their words marked, by their pieces. */
const Glossed = createContext<ReadonlyMap<Inline, ReactNode>>(new Map());

/** The texts of pieces in reading order, without those of links, which lead elsewhere. */
const textsOf = (pieces: readonly Inline[]): (readonly [Inline, string])[] =>
  pieces.flatMap((piece) => {
    if (piece.kind === 'text') return [[piece, piece.text] as const];
    return piece.kind === 'strong' || piece.kind === 'em' ? textsOf(piece.children) : [];
  });

const textsOfBlock = (block: Block): (readonly [Inline, string])[] => {
  if (block.kind === 'paragraph') return textsOf(block.children);
  return block.kind === 'list' ? block.items.flatMap(textsOf) : [];
};

function Pieces({ pieces }: { pieces: readonly Inline[] }) {
  return pieces.map((piece, i) => <Piece key={i} piece={piece} />);
}

function Piece({ piece }: { piece: Inline }) {
  const glossed = use(Glossed);
  switch (piece.kind) {
    case 'text':
      return <Fragment>{glossed.get(piece) ?? piece.text}</Fragment>;
    case 'code':
      return <code>{piece.text}</code>;
    case 'formula':
      return <Formula tex={piece.text} />;
    case 'strong':
      return (
        <strong>
          <Pieces pieces={piece.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Pieces pieces={piece.children} />
        </em>
      );
    case 'link':
      return (
        <a href={piece.href}>
          <Pieces pieces={piece.children} />
        </a>
      );
    default:
      return piece satisfies never;
  }
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Pieces pieces={block.children} />
        </p>
      );
    case 'formula':
      return <Formula tex={block.text} display />;
    case 'list': {
      const items = block.items.map((item, i) => (
        <li key={i}>
          <Pieces pieces={item} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    default:
      return block satisfies never;
  }
}

export function LessonProse({ text }: { text: string }) {
  // Presented, keys belong to the lesson.
  const isPresenting = useLessons((state) => state.isPresenting);
  const blocks = useMemo(() => parseLessonText(text), [text]);
  const texts = useMemo(() => blocks.flatMap(textsOfBlock), [blocks]);
  return (
    <Glossed value={useGlossedMap(texts, !isPresenting)}>
      <div className={css.prose}>
        {blocks.map((block, i) => (
          <BlockView key={i} block={block} />
        ))}
      </div>
    </Glossed>
  );
}
