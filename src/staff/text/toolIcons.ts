/** The drawings of the editor's tools, on the grid of src/ui/icons.ts. They are only staff's. */
export const TOOL_ICONS = {
  heading: 'M5 5v14M14 5v14M5 12h9M18 10l2.500-1.500V19',
  subheading: 'M4 7v12M12 7v12M4 13h8M15.500 12.500a2.300 2.300 0 1 1 4 1.600L15.500 19h4.700',
  bold: 'M7 5h6a3.400 3.400 0 0 1 0 6.800H7V5ZM7 11.800h7a3.600 3.600 0 0 1 0 7.200H7v-7.200Z',
  italic: 'M10 5h7M7 19h7M14 5l-4 14',
  bullets: 'M9 6h11M9 12h11M9 18h11M4.500 6v.1M4.500 12v.1M4.500 18v.1',
  numbers: 'M10 6h10M10 12h10M10 18h10M4 4.800 5.500 4v4.500M4 14.500h3l-3 5h3',
  indent: 'M4 5h16M11 10h9M11 14h9M4 19h16M4 9.500l3 2.500-3 2.500',
  outdent: 'M4 5h16M11 10h9M11 14h9M4 19h16M7 9.500 4 12l3 2.500',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  undo: 'M9 5 4.500 9.500 9 14M4.500 9.500H14a5 5 0 0 1 0 10h-3',
  redo: 'M15 5l4.500 4.500L15 14M19.500 9.500H10a5 5 0 0 0 0 10h3',
} as const
