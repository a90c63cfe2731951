// Listings on Amazon, and the product each stands for.
import {
  ActionButton,
  Badge,
  Cell,
  Column,
  DialogTrigger,
  Link,
  Picker,
  PickerItem,
  Row,
  TableBody,
  TableHeader,
  TableView,
  Text,
} from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useSearch } from "@tanstack/react-router";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { usePages } from "../../parts/pages";
import { Empty, ErrorState } from "../../parts/states";
import { tableStyle } from "../../parts/table";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { catalogTouches, listingsKey } from "../products/queries";
import { useStores } from "../stores/queries";
import { MatchDialog } from "./MatchDialog";

type Listing = Schemas["Listing"];

type Filters = { [Name in "store" | "state"]?: string };

const kAny = "any";

function FilterBar({ filters, change }: { filters: Filters; change: (next: Filters) => void }) {
  const text = useText();
  const stores = useStores();
  const set = (name: keyof Filters, key: string) => {
    const { [name]: _before, ...rest } = filters;
    change(key === kAny ? rest : { ...rest, [name]: key });
  };
  return (
    <div className={style({ display: "flex", gap: 16, flexWrap: "wrap", marginBottom: 16 })}>
      <Picker
        label={text("filter.store")}
        value={filters.store ?? kAny}
        onChange={(key) => set("store", String(key))}
      >
        <PickerItem id={kAny}>{text("listings.all_stores")}</PickerItem>
        {(stores.data?.items ?? []).map((store) => (
          <PickerItem key={store.id} id={store.id}>
            {store.name}
          </PickerItem>
        ))}
      </Picker>
      <Picker
        label={text("listings.state")}
        value={filters.state ?? kAny}
        onChange={(key) => set("state", String(key))}
      >
        <PickerItem id={kAny}>{text("listings.any_state")}</PickerItem>
        <PickerItem id="unmatched">{text("listings.unmatched")}</PickerItem>
        <PickerItem id="matched">{text("listings.matched")}</PickerItem>
      </Picker>
    </div>
  );
}

function Unmatch({ listing }: { listing: Listing }) {
  const text = useText();
  const remove = useChange({
    call: () =>
      body(
        api.PUT("/api/v1/listings/{store}/{seller_sku}", {
          params: { path: { store: listing.store, seller_sku: listing.seller_sku } },
          body: { product_sku: null },
        }),
      ),
    touches: catalogTouches,
    done: () => text("listings.unmatched_done", { seller: listing.seller_sku }),
    toastProblem: true,
  });
  return (
    <Confirm
      quiet
      destructive
      label={text("listings.unmatch")}
      name={text("listings.unmatch_of", { seller: listing.seller_sku })}
      title={text("listings.unmatch_title", { seller: listing.seller_sku })}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {text("listings.unmatch_help")}
    </Confirm>
  );
}

function Actions({ listing }: { listing: Listing }) {
  const text = useText();
  return (
    <div className={style({ display: "flex", gap: 8, flexWrap: "wrap" })}>
      <DialogTrigger>
        <ActionButton aria-label={text("listings.match_of", { seller: listing.seller_sku })}>
          {text("listings.match")}
        </ActionButton>
        <MatchDialog listing={listing} />
      </DialogTrigger>
      {listing.matched_by_hand && <Unmatch listing={listing} />}
    </div>
  );
}

function Product({ listing }: { listing: Listing }) {
  const text = useText();
  if (listing.product_sku === null)
    return (
      <Badge variant="notice" size="S">
        <Text>{text("listings.unmatched")}</Text>
      </Badge>
    );
  return (
    <>
      <Link href={`/products/${encodeURIComponent(listing.product_sku)}`}>{listing.product_sku}</Link>{" "}
      {listing.units > 1 && text("listings.times", { units: listing.units })}
    </>
  );
}

export function Listings() {
  const text = useText();
  const mayEdit = useMay("operator");
  const navigate = useNavigate({ from: "/listings" });
  const filters = useSearch({ from: "/shell/listings" });
  const stores = useStores();
  const pages = usePages([...listingsKey, filters], (query) =>
    body(api.GET("/api/v1/listings", { params: { query: { ...query, ...filters } as never } })),
  );
  const storeName = (id: string) => stores.data?.items.find((store) => store.id === id)?.name ?? id;
  if (pages.query.error)
    return <ErrorState error={pages.query.error} retry={() => void pages.query.refetch()} />;
  return (
    <>
      <Title>{text("nav.listings")}</Title>
      <FilterBar filters={filters} change={(search) => void navigate({ search })} />
      <TableView aria-label={text("nav.listings")} overflowMode="wrap" styles={tableStyle} {...pages.table}>
        <TableHeader>
          <Column id="seller_sku" isRowHeader minWidth={150}>
            {text("listings.seller_sku")}
          </Column>
          <Column id="title" minWidth={220}>
            {text("listings.title")}
          </Column>
          <Column id="asin" minWidth={120}>
            {text("listings.asin")}
          </Column>
          <Column id="store" minWidth={120}>
            {text("column.store")}
          </Column>
          <Column id="product" minWidth={160}>
            {text("listings.product")}
          </Column>
          <Column id="actions" minWidth={220}>
            {text("column.actions")}
          </Column>
        </TableHeader>
        <TableBody items={pages.items} renderEmptyState={() => <Empty heading={text("listings.empty")} />}>
          {(listing) => (
            <Row id={`${listing.store}/${listing.seller_sku}`}>
              <Cell>{listing.seller_sku}</Cell>
              <Cell>{listing.title ?? ""}</Cell>
              <Cell>{listing.asin ?? ""}</Cell>
              <Cell>{storeName(listing.store)}</Cell>
              <Cell>
                <Product listing={listing} />
              </Cell>
              <Cell>{mayEdit ? <Actions listing={listing} /> : ""}</Cell>
            </Row>
          )}
        </TableBody>
      </TableView>
    </>
  );
}
