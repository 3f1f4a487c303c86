const shapes = {
  back: 'm15 5-7 7 7 7',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M5 12h.5M12 12h.5M19 12h.5',
  send: 'M5 12h14m-6-6 6 6-6 6',
  clip: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5L15 7',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5c2 2 5 2 7 0M9 9.5h.01M15 9.5h.01',
  file: 'M14 3H6v18h12V7zM14 3v4h4',
  go: 'm9 6 6 6-6 6',
  waiting: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  sent: 'm5 12 5 5L20 7',
  read: 'm2 12 5 5 9-10m-4 9 1 1 9-10',
};

export type Shape = keyof typeof shapes;

export const Icon = ({ of, size = 20 }: { of: Shape; size?: number }) => (
  <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
    <path d={shapes[of]} />
  </svg>
);

type ButtonProps = { of: Shape; label: string; click: () => void; open?: boolean };

export const IconButton = ({ of, label, click, open }: ButtonProps) => (
  <button type="button" class="square" aria-label={label} title={label} aria-expanded={open} onClick={click}>
    <Icon of={of} />
  </button>
);
