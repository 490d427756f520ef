/** Renders the text of a lesson. It is in English whatever the language of the controls. */
import { Fragment, useMemo } from 'react';
import { parseLessonText, type Block, type Inline } from '../../lessons/text.ts';
import { Formula } from './Formula.tsx';
import css from './lessons.module.css';

function Pieces({ pieces }: { pieces: readonly Inline[] }) {
  return pieces.map((piece, i) => <Piece key={i} piece={piece} />);
}

function Piece({ piece }: { piece: Inline }) {
  switch (piece.kind) {
    case 'text':
      return <Fragment>{piece.text}</Fragment>;
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
  const blocks = useMemo(() => parseLessonText(text), [text]);
  return (
    <div className={css.prose} lang="en">
      {blocks.map((block, i) => (
        <BlockView key={i} block={block} />
      ))}
    </div>
  );
}
