import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { Button, ListBox, ListBoxItem, Popover, Text, type PressEvent } from 'react-aria-components';
import css from './controls.module.css';
import { ChevronIcon } from './icons.tsx';
import { typedOption } from './typed-option.ts';

export interface Option<T extends string> {
  readonly id: T;
  readonly name: string;
  readonly description?: string;
  /** Of the name, where it is not that of the page. */
  readonly lang?: string;
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly wide?: boolean;
  /** What it says where its value is none of the options. */
  readonly placeholder?: string;
  readonly onChange: (value: T) => void;
}

/** How far a key moves a choice that is closed; absent: it does not. */
const MOVES: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
const OPENERS = ['ArrowDown', 'ArrowUp'];
/** Letters that follow one another faster are those of one word. */
const TYPING_MS = 1000;

interface Typed {
  readonly text: string;
  /** Milliseconds of the page's clock. */
  readonly at: number;
}

/**
 * Single choice among many options, in a list that opens. Closed it is a button: the list of React Aria's own select renders all its options twice before
 * anybody opens it, which for a page of choices was a tenth of its start.
 */
export function Choice<T extends string>({
  label,
  value,
  options,
  wide = false,
  placeholder = '',
  onChange,
}: ChoiceProps<T>) {
  const [isOpen, setOpen] = useState(false);
  const typed = useRef<Typed>({ text: '', at: -Infinity });
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();
  const [buttonId, valueId] = [`${id}button`, `${id}value`];
  const at = options.findIndex((option) => option.id === value);
  const chosen = at === -1 ? null : options[at];
  const choose = (option: Option<T> | undefined): void => {
    if (option && option !== chosen) onChange(option.id);
  };
  // A mouse may choose in one movement: it opens the list when it goes down, and chooses where it goes up.
  const isMouse = ({ pointerType }: PressEvent): boolean => pointerType === 'mouse';
  const type = (letter: string, now: number): void => {
    const { text, at: before } = typed.current;
    typed.current = { text: now - before < TYPING_MS ? text + letter : letter, at: now };
    choose(typedOption(options, at, typed.current.text));
  };
  const press = (event: KeyboardEvent): void => {
    const { key } = event;
    const isLetter = key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (OPENERS.includes(key)) setOpen(true);
    else if (isLetter) type(key, event.timeStamp);
    else if (key in MOVES) choose(options[at === -1 ? 0 : at + MOVES[key]]);
    else return;
    event.preventDefault(); // otherwise the page scrolls
  };
  return (
    <div className={wide ? css.selectWide : css.select}>
      <Button
        ref={trigger}
        id={buttonId}
        className={css.selectButton}
        aria-label={label}
        aria-labelledby={`${valueId} ${buttonId}`}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        preventFocusOnPress
        onPressStart={(event) => {
          // The list has the focus once it is open, and gives it back: within a dialog it would close if the press took it away.
          trigger.current?.focus({ preventScroll: true });
          if (isMouse(event)) setOpen(true);
        }}
        onPress={(event) => !isMouse(event) && setOpen(true)}
        onKeyDown={press}
      >
        <span id={valueId} className={css.selectValue} lang={chosen?.lang}>
          {chosen?.name ?? placeholder}
        </span>
        <ChevronIcon />
      </Button>
      {isOpen && (
        <Popover
          className={css.popover}
          trigger="Select"
          triggerRef={trigger}
          aria-label={label}
          placement="bottom start"
          offset={4}
          isOpen
          onOpenChange={setOpen}
        >
          <ListBox
            className={css.list}
            aria-label={label}
            items={options}
            autoFocus
            shouldSelectOnPressUp
            shouldFocusOnHover
            selectionMode="single"
            selectedKeys={chosen ? [chosen.id] : []}
            onSelectionChange={(keys) => {
              setOpen(false);
              // Empty: the one that was chosen was pressed.
              choose(options.find((option) => keys !== 'all' && keys.has(option.id)));
            }}
          >
            {(option) => (
              <ListBoxItem id={option.id} textValue={option.name} className={css.item}>
                <Text slot="label" lang={option.lang}>
                  {option.name}
                </Text>
                {option.description && (
                  <Text slot="description" className={css.itemDescription}>
                    {option.description}
                  </Text>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      )}
    </div>
  );
}
