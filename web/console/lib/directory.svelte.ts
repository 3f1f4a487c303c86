import type { AttributeView, CustomerTag, DepartmentView, MacroView, MemberView, ShopView, TagView } from "../../shared/api";
import { api, everything, Problem } from "./api";
import { tongue } from "./i18n.svelte";
import { live } from "./live.svelte";
import { may } from "./permissions";
import { session } from "./session.svelte";
import { soon } from "./soon";

const aboutTeam = /^(member|department|availability|role|invitation)/;
const aboutSettings = /^(tags?|macro|own_macros|shop|customer_tags|customer_attributes)_/;

/** What was known stays until the next change or greeting. */
const asBefore = (error: unknown) => {
  if (!(error instanceof Problem)) throw error;
};

/** What every screen looks names up in: colleagues, departments, tags, saved replies, the shop itself. */
class Directory {
  members = $state.raw<MemberView[]>([]);
  departments = $state.raw<DepartmentView[]>([]);
  tags = $state.raw<TagView[]>([]);
  macros = $state.raw<MacroView[]>([]);
  customerTags = $state.raw<CustomerTag[]>([]);
  attributes = $state.raw<AttributeView[]>([]);
  shop = $state.raw<ShopView>();

  #members = $derived(new Map(this.members.map((member) => [member.id, member])));
  #departments = $derived(new Map(this.departments.map((department) => [department.id, department])));
  #tags = $derived(new Map(this.tags.map((tag) => [tag.id, tag])));

  async load() {
    await Promise.all([this.#team(), this.#settings()]);
  }

  /** Follows the changes others make; returns how to stop. */
  follow() {
    const team = soon(() => this.#team().catch(asBefore), 200);
    const settings = soon(() => this.#settings().catch(asBefore), 200);
    const events = live.onEvent(({ event }) => {
      if (aboutTeam.test(event)) team();
      if (aboutSettings.test(event)) settings();
    });
    const resync = live.onResync(() => this.load().catch(asBefore));
    return () => {
      events();
      resync();
    };
  }

  member(id: string | null) {
    return id ? this.#members.get(id) : undefined;
  }

  department(id: string | null) {
    return id ? this.#departments.get(id) : undefined;
  }

  departmentName(id: string | null) {
    const department = this.department(id);
    return department && (department.names[tongue.language] || department.name);
  }

  tagged(ids: string[]) {
    return ids.flatMap((id) => this.#tags.get(id) ?? []);
  }

  customerTagged(ids: string[]) {
    return this.customerTags.filter(({ id }) => ids.includes(id));
  }

  get active() {
    return this.members.filter((member) => member.active);
  }

  async createTag(name: string) {
    const tag = await api.post("/tags", { body: { name, color: "grey" } });
    this.tags = [...this.tags.filter(({ id }) => id !== tag.id), tag];
    return tag;
  }

  async createCustomerTag(name: string) {
    const tag = await api.post("/customer-tags", { body: { name } });
    this.customerTags = [...this.customerTags.filter(({ id }) => id !== tag.id), tag];
    return tag;
  }

  async #team() {
    [this.members, this.departments] = await Promise.all([everything("/members"), everything("/departments")]);
  }

  async #settings() {
    const customers = session.may(may.readCustomers);
    [this.tags, this.macros, this.shop, this.customerTags, this.attributes] = await Promise.all([
      everything("/tags"),
      session.may(may.useMacros) ? everything("/macros") : [],
      api.get("/shop"),
      customers ? everything("/customer-tags") : [],
      customers ? everything("/customer-attributes") : [],
    ]);
  }
}

export const directory = new Directory();
