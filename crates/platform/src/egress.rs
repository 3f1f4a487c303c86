pub struct Egress;
