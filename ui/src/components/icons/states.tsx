import { icon } from "./icon";

export const PendingIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="M12 7.5V12l3 2" />
  </>,
);
export const SendingIcon = icon(<path d="M4.5 12H19M13 6l6 6-6 6" />);
export const SyncedIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="m8.5 12.3 2.4 2.4 4.6-5" />
  </>,
);
export const RetryingIcon = icon(
  <>
    <path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4" />
    <path d="M17.5 3v4h-4" />
  </>,
);
export const FailedIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="m9.2 9.2 5.6 5.6M14.8 9.2l-5.6 5.6" />
  </>,
);
export const SkippedIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="M8.5 12h7" />
  </>,
);
export const RunningIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="m10.3 9 4.7 3-4.7 3z" />
  </>,
);
export const SlowIcon = icon(
  <>
    <path d="M4 16.5a8 8 0 1 1 16 0" />
    <path d="m12 16 -3.5-4" />
    <circle cx="12" cy="16.2" r="1.2" fill="currentColor" stroke="none" />
  </>,
);
export const UnreachableIcon = icon(
  <>
    <path d="M4 4.5 20 19.5" />
    <path d="M7.5 14.5a6.5 6.5 0 0 1 3.2-1.7M15.3 13.6c.4.2.8.5 1.2.9" />
    <path d="M4.5 11a11 11 0 0 1 4-2.4M13 7.9A11 11 0 0 1 19.5 11" />
    <circle cx="12" cy="18" r="1.2" fill="currentColor" stroke="none" />
  </>,
);
export const LockedIcon = icon(
  <>
    <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
    <path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5" />
  </>,
);
export const PausedIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="M10 9.2v5.6M14 9.2v5.6" />
  </>,
);
export const OfflineIcon = icon(
  <>
    <path d="M7.5 18.5a4.5 4.5 0 0 1-.7-8.9M9.8 6.3A6 6 0 0 1 18 10.2a4 4 0 0 1 2 6.7" />
    <path d="M4 4.5 20 19.5" />
  </>,
);
export const InfoIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="M12 11.3v4.2" />
    <circle cx="12" cy="8.4" r="1" fill="currentColor" stroke="none" />
  </>,
);
export const WarningIcon = icon(
  <>
    <path d="M10.3 4.9 3.2 17.1A2 2 0 0 0 4.9 20h14.2a2 2 0 0 0 1.7-2.9L13.7 4.9a2 2 0 0 0-3.4 0z" />
    <path d="M12 9.5v4" />
    <circle cx="12" cy="16.5" r="1" fill="currentColor" stroke="none" />
  </>,
);
