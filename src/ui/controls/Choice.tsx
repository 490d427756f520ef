import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';
import css from './controls.module.css';
import { ChevronIcon } from './icons.tsx';

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

export function Choice<T extends string>({
  label,
  value,
  options,
  wide = false,
  placeholder,
  onChange,
}: ChoiceProps<T>) {
  return (
    <Select
      aria-label={label}
      className={wide ? css.selectWide : css.select}
      value={value}
      {...(placeholder !== undefined && { placeholder })}
      onChange={(key) => {
        const option = options.find(({ id }) => id === key);
        if (option) onChange(option.id);
      }}
    >
      <Button className={css.selectButton}>
        <SelectValue className={css.selectValue} lang={options.find(({ id }) => id === value)?.lang}>
          {({ defaultChildren, selectedText }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronIcon />
      </Button>
      <Popover className={css.popover} offset={4}>
        <ListBox className={css.list} items={options}>
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
    </Select>
  );
}
