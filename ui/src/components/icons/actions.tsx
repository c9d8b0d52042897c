import { icon } from "./icon";

export const SearchIcon = icon(
  <>
    <circle cx="10.5" cy="10.5" r="6" />
    <path d="m15 15 5 5" />
  </>,
);
export const CloseIcon = icon(<path d="M6.5 6.5 17.5 17.5M17.5 6.5 6.5 17.5" />);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7" />);
export const MinusIcon = icon(<path d="M6 12h12" />);
export const PlusIcon = icon(<path d="M12 5.5v13M5.5 12h13" />);
export const MoreIcon = icon(
  <>
    <circle cx="5.5" cy="12" r="1.5" fill="currentColor" stroke="none" />
    <circle cx="12" cy="12" r="1.5" fill="currentColor" stroke="none" />
    <circle cx="18.5" cy="12" r="1.5" fill="currentColor" stroke="none" />
  </>,
);
export const ChevronDownIcon = icon(<path d="m7 10 5 5 5-5" />);
export const ChevronUpIcon = icon(<path d="m7 14 5-5 5 5" />);
export const ChevronRightIcon = icon(<path d="m10 7 5 5-5 5" />);
export const ChevronLeftIcon = icon(<path d="m14 7-5 5 5 5" />);
export const ArrowRightIcon = icon(<path d="M4.5 12h15M14 6.5l5.5 5.5-5.5 5.5" />);
export const ArrowLeftIcon = icon(<path d="M19.5 12h-15M10 6.5 4.5 12l5.5 5.5" />);
export const ArrowBothIcon = icon(<path d="M4 12h16M7.5 8 4 12l3.5 4M16.5 8 20 12l-3.5 4" />);
export const CopyIcon = icon(
  <>
    <rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2" />
    <path d="M15.5 8.5V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7.5a2 2 0 0 0 2 2h2.5" />
  </>,
);
export const UndoIcon = icon(
  <>
    <path d="M8.5 5 4.5 9l4 4" />
    <path d="M4.5 9H14a5.5 5.5 0 0 1 0 11h-3" />
  </>,
);
export const RedoIcon = icon(
  <>
    <path d="m15.5 5 4 4-4 4" />
    <path d="M19.5 9H10a5.5 5.5 0 0 0 0 11h3" />
  </>,
);
export const SyncIcon = icon(
  <>
    <path d="M4.5 10a8 8 0 0 1 14-3l1.5 1.5" />
    <path d="M20 4.5v4h-4" />
    <path d="M19.5 14a8 8 0 0 1-14 3L4 15.5" />
    <path d="M4 19.5v-4h4" />
  </>,
);
export const PlayIcon = icon(<path d="M7.5 5.5v13l11-6.5z" />);
export const PauseIcon = icon(<path d="M8.5 5.5v13M15.5 5.5v13" />);
export const EditIcon = icon(
  <>
    <path d="M14.5 5.5 18.5 9.5 9 19l-5 1 1-5z" />
    <path d="m12.5 7.5 4 4" />
  </>,
);
export const DeleteIcon = icon(<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 11.2a2 2 0 0 0 2 1.8h5.4a2 2 0 0 0 2-1.8L17.5 7M10.2 11v5M13.8 11v5" />);
export const ExternalIcon = icon(
  <>
    <path d="M13.5 4.5h6v6M19.5 4.5 11 13" />
    <path d="M17.5 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8.5a2 2 0 0 1 2-2h4" />
  </>,
);
export const FilterIcon = icon(<path d="M4 6.5h16M7 12h10M10 17.5h4" />);
export const SortIcon = icon(<path d="M8 5v14M8 19l-3.5-3.5M8 19l3.5-3.5M16 19V5M16 5l-3.5 3.5M16 5l3.5 3.5" />);
export const ExportIcon = icon(
  <>
    <path d="M12 14.5v-10M8 8.5l4-4 4 4" />
    <path d="M4.5 14.5V18a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-3.5" />
  </>,
);
export const ImportIcon = icon(
  <>
    <path d="M12 4.5v10M8 10.5l4 4 4-4" />
    <path d="M4.5 14.5V18a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-3.5" />
  </>,
);
export const SnoozeIcon = icon(<path d="M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10z" />);
export const SkipIcon = icon(<path d="M5 6v12l8.5-6zM18 6v12" />);
export const DragIcon = icon(
  <>
    <circle cx="9" cy="6" r="1.25" fill="currentColor" stroke="none" />
    <circle cx="15" cy="6" r="1.25" fill="currentColor" stroke="none" />
    <circle cx="9" cy="12" r="1.25" fill="currentColor" stroke="none" />
    <circle cx="15" cy="12" r="1.25" fill="currentColor" stroke="none" />
    <circle cx="9" cy="18" r="1.25" fill="currentColor" stroke="none" />
    <circle cx="15" cy="18" r="1.25" fill="currentColor" stroke="none" />
  </>,
);
export const KeyboardIcon = icon(
  <>
    <rect x="3" y="6" width="18" height="12" rx="2" />
    <path d="M7 10h.01M11 10h.01M15 10h.01M8.5 14h7" />
  </>,
);
export const HelpIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="M9.8 9.7a2.3 2.3 0 1 1 3.2 2.2c-.7.3-1 .8-1 1.6" />
    <circle cx="12" cy="16" r="1" fill="currentColor" stroke="none" />
  </>,
);
export const SidebarIcon = icon(
  <>
    <rect x="4" y="5" width="16" height="14" rx="2" />
    <path d="M9.5 5v14" />
  </>,
);
export const PinIcon = icon(<path d="M9 4.5h6l-.8 6 3.3 3.5H6.5l3.3-3.5zM12 14v6" />);
export const WandIcon = icon(<path d="M5 19 15 9M17 4v4M15 6h4M19.5 12.5v3M18 14h3M8.5 4.5v2.5M7.2 5.8h2.6" />);
export const LinkIcon = icon(
  <>
    <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1" />
    <path d="M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1" />
  </>,
);
