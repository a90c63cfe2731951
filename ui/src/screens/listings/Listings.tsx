// Listings on Amazon, and the product each stands for. Search and filters are in the address.
import { Button, Link, LinkButton } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useSearch } from "@tanstack/react-router";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { AnyPicker } from "../../parts/AnyPicker";
import { catalogTouches, listingsKey } from "../../parts/catalog";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { DataTable } from "../../parts/DataTable";
import { DialogButton } from "../../parts/DialogButton";
import { ExportLink } from "../../parts/ExportLink";
import { MatchDialog } from "../../parts/fix/MatchDialog";
import { PagedList } from "../../parts/ListPanel";
import { Mark } from "../../parts/Mark";
import { usePages } from "../../parts/pages";
import { SearchBox } from "../../parts/SearchBox";
import { Empty } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { useStoreName, useStores } from "../stores/queries";

type Listing = Schemas["Listing"];
type Name = "q" | "store" | "state";
type Filters = { [Each in Name]?: string };

interface FilterProps {
  filters: Filters;
  change: (next: Filters) => void;
}

function FilterBar({ filters, change }: FilterProps) {
  const text = useText();
  const stores = useStores().data?.items ?? [];
  const at = (name: Name) => ({
    value: filters[name],
    change: (value: string) => {
      const { [name]: _before, ...rest } = filters;
      change(value === "" ? rest : { ...rest, [name]: value });
    },
  });
  const states = (["unmatched", "matched"] as const).map((id) => ({ id, name: text(`listings.${id}`) }));
  return (
    <div className={style({ display: "flex", gap: 16, flexWrap: "wrap", marginBottom: 16 })}>
      <SearchBox label={text("listings.search")} {...at("q")} />
      <AnyPicker label={text("filter.store")} known={stores} {...at("store")} />
      <AnyPicker label={text("listings.state")} known={states} {...at("state")} />
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
      <DialogButton
        label={text("listings.match")}
        quiet
        name={text("listings.match_of", { seller: listing.seller_sku })}
      >
        {() => <MatchDialog listing={listing} />}
      </DialogButton>
      {listing.matched_by_hand && <Unmatch listing={listing} />}
    </div>
  );
}

function Product({ listing }: { listing: Listing }) {
  const text = useText();
  if (listing.product_sku === null) return <Mark tone="notice">{text("listings.unmatched")}</Mark>;
  return (
    <>
      <Link href={`/products/${encodeURIComponent(listing.product_sku)}`}>{listing.product_sku}</Link>{" "}
      {listing.units > 1 && text("listings.times", { units: listing.units })}
    </>
  );
}

function ListingTable({ listings }: { listings: readonly Listing[] }) {
  const text = useText();
  const mayEdit = useMay("operator");
  const storeName = useStoreName();
  const actions = {
    id: "actions",
    kind: "actions" as const,
    label: text("column.actions"),
    cell: (listing: Listing) => <Actions listing={listing} />,
  };
  return (
    <DataTable
      label={text("nav.listings")}
      rows={listings}
      keyOf={(listing) => `${listing.store}/${listing.seller_sku}`}
      columns={[
        { id: "seller_sku", label: text("listings.seller_sku"), cell: (listing) => listing.seller_sku },
        { id: "title", label: text("listings.title"), cell: (listing) => listing.title ?? "" },
        { id: "asin", label: text("listings.asin"), cell: (listing) => listing.asin ?? "" },
        { id: "store", label: text("column.store"), cell: (listing) => storeName(listing.store) },
        {
          id: "product",
          label: text("listings.product"),
          cell: (listing) => <Product listing={listing} />,
        },
        ...(mayEdit ? [actions] : []),
      ]}
    />
  );
}

function NoListings({ filters, change }: FilterProps) {
  const text = useText();
  return Object.keys(filters).length > 0 ? (
    <Empty
      heading={text("listings.none_match")}
      action={
        <Button variant="secondary" onPress={() => change({})}>
          {text("filter.clear")}
        </Button>
      }
    />
  ) : (
    <Empty
      heading={text("listings.empty")}
      action={
        <LinkButton variant="secondary" href="/stores">
          {text("nav.stores")}
        </LinkButton>
      }
    >
      {text("listings.empty_help")}
    </Empty>
  );
}

export function Listings() {
  const text = useText();
  const navigate = useNavigate({ from: "/listings" });
  const filters = useSearch({ from: "/shell/listings" });
  const change = (search: Filters) => void navigate({ search });
  const pages = usePages<Listing>([...listingsKey, filters], (query) =>
    body(api.GET("/api/v1/listings", { params: { query: { ...query, ...filters } as never } })),
  );
  return (
    <>
      <Title actions={<ExportLink list="listings" query={filters} />}>{text("nav.listings")}</Title>
      <FilterBar filters={filters} change={change} />
      <PagedList pages={pages} empty={<NoListings filters={filters} change={change} />}>
        {(listings) => <ListingTable listings={listings} />}
      </PagedList>
    </>
  );
}
