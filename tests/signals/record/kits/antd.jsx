// Controls of Ant Design as its documentation shows them. The two `dead.*` buttons have no handler.
import { createRoot } from 'react-dom/client';
import {
  Button, Calendar, Carousel, Checkbox, Collapse, DatePicker, Input, InputNumber, Pagination, Rate, Segmented, Select,
  Slider, Switch, Table, Tabs, Typography, Upload,
} from 'antd';

const rows = Array.from({ length: 60 }, (_, n) => ({ key: n, day: `Day ${n}`, sum: (n * 37) % 100 }));
const columns = [{ title: 'Day', dataIndex: 'day' }, { title: 'Sum', dataIndex: 'sum', sorter: (a, b) => a.sum - b.sum }];

function App() {
  return (
    <div style={{ padding: 24, width: 760, display: 'flex', flexDirection: 'column', gap: 16 }}>
      <InputNumber id="quantity" min={1} max={99} defaultValue={3} />
      <div><DatePicker id="date" /></div>
      <div><DatePicker.RangePicker id={{ start: 'from', end: 'to' }} /></div>
      <div style={{ width: 500 }}>
        <Carousel arrows style={{ background: '#dde' }}>
          {[1, 2, 3, 4].map((n) => <div key={n}><h3 style={{ height: 120 }}>{n}</h3></div>)}
        </Carousel>
      </div>
      <Pagination defaultCurrent={1} total={500} showSizeChanger={false} />
      <Pagination simple defaultCurrent={2} total={50} />
      <Input id="name" defaultValue="Li Lei" allowClear />
      <Input.Password id="secret" defaultValue="secret" />
      <Input.TextArea id="note" defaultValue="For the rent of May" />
      <Rate />
      <div><Switch id="alerts" /></div>
      <Checkbox id="agree">I agree</Checkbox>
      <Slider id="limit" defaultValue={20} />
      <Segmented options={['Day', 'Week', 'Month']} />
      <Select id="city" style={{ width: 200 }} options={[{ value: 'Hangzhou' }, { value: 'Shanghai' }]} />
      <Tabs items={['Bills', 'Cards', 'Loans'].map((label) => ({ key: label, label, children: label }))} />
      <Collapse items={[{ key: '1', label: 'When is it paid out?', children: 'Within two days.' }]} />
      <Typography.Paragraph copyable id="order">Order 20991231</Typography.Paragraph>
      <Upload beforeUpload={() => false}><Button id="photo">Photo of the card</Button></Upload>
      <Table size="small" columns={columns} dataSource={rows} pagination={{ pageSize: 5, showSizeChanger: false }} />
      <Calendar fullscreen={false} />
      <div style={{ display: 'flex', gap: 12 }}>
        <Button id="next" disabled>Next</Button>
        <Button id="dead.pay" data-unstuck="dead.pay" type="primary">Pay</Button>
        <Button id="dead.save" data-unstuck="dead.save" type="text">Save</Button>
      </div>
    </div>
  );
}

createRoot(document.getElementById('root')).render(<App />);
globalThis.ready = true;
