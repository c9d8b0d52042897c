import type { FieldKind } from "@/api/generated";
import { CalendarIcon, ClockIcon, CodeIcon, LinkIcon, ListIcon, MailIcon, MoneyIcon, NumberIcon, PersonIcon, PhoneIcon, TextIcon, ToggleIcon, type Icon } from "@/components/icons";

/** A drawing for each kind of field. Its word stands in the name or the tooltip. */
export const kindIcons: Record<FieldKind, Icon> = {
  text: TextIcon, long_text: TextIcon, email: MailIcon, phone: PhoneIcon, url: LinkIcon, number: NumberIcon, money: MoneyIcon, bool: ToggleIcon,
  date: CalendarIcon, date_time: ClockIcon, choice: ListIcon, multi_choice: ListIcon, owner: PersonIcon, other: CodeIcon,
};
