import { openMeasuring } from '../../state/measure/measure-store.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { MEASURE_BUTTON } from './button/messages.ts';

/** Opens the panel, which stands at the top of the page. @param onOpen closes what the button stands in */
export function MeasureButton({ onOpen }: { readonly onOpen?: () => void }) {
  const { measure } = useServices();
  return (
    <Button
      onPress={() => {
        openMeasuring(measure);
        onOpen?.();
        scrollTo({ top: 0 });
      }}
    >
      {MEASURE_BUTTON.open}
    </Button>
  );
}
