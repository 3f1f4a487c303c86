-- By its SKU a variant is known again in the lines of orders.
ALTER TABLE commerce_variants ADD COLUMN sku TEXT;
CREATE INDEX commerce_variants_by_sku ON commerce_variants (shop_id, sku, product_id) WHERE sku IS NOT NULL;
