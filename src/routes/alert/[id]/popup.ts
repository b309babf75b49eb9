/** The list below a combobox while it is open, and which of its options the keys have come to. */
export type Popup = { id: string; active: string | undefined } | null;
