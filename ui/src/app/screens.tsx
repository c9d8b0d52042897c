// Which component draws which route. Each screen is loaded when first opened.
import { lazy, type ComponentType } from "react";
import type { RouteName } from "./router";

export interface ScreenProps {
  params: Record<string, string>;
  query: URLSearchParams;
}

export const screens: Record<RouteName, ComponentType<ScreenProps> | undefined> = {
  home: lazy(() => import("@/screens/home/HomeScreen")),
  setup: lazy(() => import("@/screens/setup/SetupScreen")),
  sync: lazy(() => import("@/screens/home/SyncScreen")),
  leads: lazy(() => import("@/screens/leads/LeadsScreen")),
  lead: lazy(() => import("@/screens/leads/LeadScreen")),
  mapping: lazy(() => import("@/screens/mapping/MappingScreen")),
  mapper: lazy(() => import("@/screens/mapping/MapperScreen")),
  test: lazy(() => import("@/screens/mapping/test/TestScreen")),
  errors: lazy(() => import("@/screens/errors/ErrorsScreen")),
  group: lazy(() => import("@/screens/errors/GroupScreen")),
  delivery: lazy(() => import("@/screens/errors/DeliveryScreen")),
  activity: lazy(() => import("@/screens/activity/ActivityScreen")),
  run: lazy(() => import("@/screens/activity/RunScreen")),
  connections: lazy(() => import("@/screens/connections/ConnectionsScreen")),
  connect: lazy(() => import("@/screens/connections/ConnectScreen")),
  connection: lazy(() => import("@/screens/connections/ConnectionScreen")),
  notifications: lazy(() => import("@/screens/notifications/NotificationsScreen")),
  settings: lazy(() => import("@/screens/settings/SettingsScreen")),
  // For those who build the window; a release does not contain it.
  gallery: import.meta.env.DEV ? lazy(() => import("@/gallery/GalleryScreen")) : undefined,
};
