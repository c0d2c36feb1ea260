"""What the world calls its states, peoples, organisations and towns.

`names` come from our lists and CLDR, `cities` from GeoNames. It knows no article. Keys are the same in both:
`country:AZ`, `city:587084`, `territory:crimea`, `org:eu`.
"""
