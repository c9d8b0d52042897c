import { icon } from "./icon";

export const HomeIcon = icon(
  <>
    <path d="M4 11.2 12 4.5l8 6.7V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z" />
    <path d="M9.75 20v-5.25h4.5V20" />
  </>,
);
export const LeadsIcon = icon(
  <>
    <circle cx="9" cy="8.5" r="3.5" />
    <path d="M3 19.5c.4-3.4 2.8-5.5 6-5.5s5.6 2.1 6 5.5" />
    <path d="M15.5 5.3a3.5 3.5 0 0 1 0 6.4" />
    <path d="M17.5 14.5c2 .8 3.2 2.5 3.5 5" />
  </>,
);
export const MappingIcon = icon(
  <>
    <circle cx="5.5" cy="6.5" r="2" />
    <circle cx="5.5" cy="17.5" r="2" />
    <circle cx="18.5" cy="12" r="2" />
    <path d="M7.5 6.5h2c3.5 0 3 5.5 7 5.5" />
    <path d="M7.5 17.5h2c3.5 0 3-5.5 7-5.5" />
  </>,
);
export const ErrorsIcon = icon(
  <>
    <path d="M10.3 4.9 3.2 17.1A2 2 0 0 0 4.9 20h14.2a2 2 0 0 0 1.7-2.9L13.7 4.9a2 2 0 0 0-3.4 0z" />
    <path d="M12 9.5v4" />
    <circle cx="12" cy="16.5" r="1" fill="currentColor" stroke="none" />
  </>,
);
export const ActivityIcon = icon(<path d="M3 12.5h4l2.5-7 5 13 2.5-6h4" />);
export const ConnectionsIcon = icon(
  <>
    <path d="M9 3.5v4M15 3.5v4" />
    <path d="M6.5 7.5h11v3.5a5.5 5.5 0 0 1-11 0z" />
    <path d="M12 16.5v4" />
  </>,
);
export const SettingsIcon = icon(
  <>
    <path d="M4 7h9M19 7h1M4 17h1M11 17h9" />
    <circle cx="16" cy="7" r="2.5" />
    <circle cx="8" cy="17" r="2.5" />
  </>,
);
export const GalleryIcon = icon(
  <>
    <rect x="4" y="4" width="6.5" height="6.5" rx="1.5" />
    <rect x="13.5" y="4" width="6.5" height="6.5" rx="1.5" />
    <rect x="4" y="13.5" width="6.5" height="6.5" rx="1.5" />
    <rect x="13.5" y="13.5" width="6.5" height="6.5" rx="1.5" />
  </>,
);
