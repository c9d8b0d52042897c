import type { ReactElement } from "react";
import { Header, Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover, Text, type PopoverProps } from "react-aria-components";
import type { Icon } from "@/components/icons";
import { KeyHint } from "@/components/controls/KeyHint";
import { cx } from "@/lib/cx";
import styles from "./Menu.module.css";

export interface MenuChoice {
  id: string;
  label: string;
  /** A quieter second line. */
  help?: string;
  icon?: Icon;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  run: () => void;
}

export interface MenuGroup {
  label?: string;
  choices: readonly MenuChoice[];
}

interface MenuProps extends Pick<PopoverProps, "placement"> {
  /** The button that opens it. */
  trigger: ReactElement;
  label: string;
  groups: readonly MenuGroup[];
}

export function Menu({ trigger, label, groups, placement = "bottom start" }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ""} placement={placement} offset={4}>
        <AriaMenu aria-label={label} className={styles.menu ?? ""}>
          {groups.map((group, at) => (
            <MenuSection key={group.label ?? at} className={styles.section ?? ""} aria-label={group.label ?? label}>
              {group.label !== undefined && <Header className={styles.header ?? ""}>{group.label}</Header>}
              {group.choices.map((choice) => (
                <MenuItem
                  key={choice.id}
                  id={choice.id}
                  textValue={choice.label}
                  isDisabled={choice.disabled ?? false}
                  onAction={choice.run}
                  className={cx(styles.item, choice.danger && styles.danger)}
                >
                  {choice.icon && <choice.icon />}
                  <span className={styles.words}>
                    <Text slot="label">{choice.label}</Text>
                    {choice.help !== undefined && (
                      <Text slot="description" className={styles.help ?? ""}>
                        {choice.help}
                      </Text>
                    )}
                  </span>
                  {choice.keys !== undefined && <KeyHint keys={choice.keys} />}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
